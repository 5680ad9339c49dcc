import { type IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { Upgrade } from './socket-subscriptions.js';

/**
 * Lets requests for web sockets go the way of all requests, with the same hooks, limits and refusals. Gives the
 * connection of each, for who makes a web socket of it; the others are answered and end.
 */
export function routeUpgrades(fastify: FastifyInstance): WeakMap<IncomingMessage, Upgrade> {
  const upgrades = new WeakMap<IncomingMessage, Upgrade>();
  fastify.server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    upgrades.set(request, { socket, head });
    socket.on('error', () => {
      socket.destroy();
    });
    const response = new ServerResponse(request);
    response.shouldKeepAlive = false;
    response.assignSocket(socket);
    response.once('finish', () => {
      socket.end();
    });
    fastify.routing(request, response);
  });
  return upgrades;
}
