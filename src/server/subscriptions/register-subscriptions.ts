import { GraphQLSchemaHost } from '@nestjs/graphql';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Config } from '../../config.js';
import { SocketSubscriptions } from './socket-subscriptions.js';
import { StreamSubscriptions } from './stream-subscriptions.js';
import { type Admission, SubscriptionOperations } from './subscription-operations.js';
import { SubscriptionTimes } from './subscription-times.js';

/**
 * Serves subscriptions: over web sockets at the address of GraphQL, and as server-sent events beside it. A server that
 * stops ends them first; clients come back elsewhere, and go on after their last cursor.
 */
export function registerSubscriptions(
  app: NestFastifyApplication,
  config: Config,
  graphqlPath: string,
  admit: Admission = () => null,
): void {
  const fastify = app.getHttpAdapter().getInstance();
  const times = app.get(SubscriptionTimes, { strict: false });
  const schema = () => app.get(GraphQLSchemaHost, { strict: false }).schema;
  const operations = new SubscriptionOperations(schema, config, admit);
  const sockets = new SocketSubscriptions(graphqlPath, operations, config, times, fastify.log);
  const streams = new StreamSubscriptions(operations, config, times);
  fastify.server.on('upgrade', (request, socket, head) => {
    sockets.upgrade(request, socket, head);
  });
  fastify.route({
    method: ['GET', 'POST'],
    url: `${graphqlPath}/stream`,
    handler: (request, reply) => streams.answer(request, reply),
  });
  fastify.addHook('preClose', async () => {
    streams.close();
    await sockets.close();
    await operations.close();
  });
}
