import { GraphQLSchemaHost } from '@nestjs/graphql';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import type { Config } from '../../config.js';
import { clientOf } from '../../common/client-address.js';
import { routeUpgrades } from './route-upgrades.js';
import { SocketSubscriptions } from './socket-subscriptions.js';
import { StreamSubscriptions } from './stream-subscriptions.js';
import { type OperationParts, SubscriptionOperations } from './subscription-operations.js';
import { SubscriptionTimes } from './subscription-times.js';

/**
 * Serves subscriptions: over web sockets at the address of GraphQL, and as server-sent events beside it. A server that
 * stops ends them first; clients come back elsewhere, and go on after their last cursor.
 */
export function registerSubscriptions(
  app: NestFastifyApplication,
  path: string,
  parts: OperationParts,
  config: Config,
): void {
  const fastify: FastifyInstance = app.getHttpAdapter().getInstance();
  const times = app.get(SubscriptionTimes, { strict: false });
  const schema = () => app.get(GraphQLSchemaHost, { strict: false }).schema;
  const operations = new SubscriptionOperations(schema, config, parts);
  const sockets = new SocketSubscriptions(operations, config, times);
  const streams = new StreamSubscriptions(operations, config, times);
  const isCounted = parts.buckets.pointsPerMinute > 0;
  const upgrades = routeUpgrades(fastify);
  fastify.addHook('onRequest', (request, reply, done) => {
    const upgrade = upgrades.get(request.raw);
    if (upgrade === undefined || request.routeOptions.url !== path) {
      done();
      return;
    }
    sockets.upgrade(request, upgrade);
    reply.raw.detachSocket(upgrade.socket);
    reply.hijack();
  });
  fastify.route({
    method: ['GET', 'POST'],
    url: `${path}/stream`,
    handler: (request, reply) => {
      request.client = isCounted ? clientOf(request.ip) : null;
      return streams.answer(request, reply);
    },
  });
  fastify.addHook('preClose', async () => {
    streams.close();
    await sockets.close();
    await operations.close();
  });
}
