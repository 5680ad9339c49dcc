import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Viewer, ViewerSource } from '../accounts/viewer.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who is signed in, found out when it is first asked; public answers never ask. */
    viewer(): Promise<Viewer | null>;
  }
}

/** Lets each request tell who asks it, without a statement for those where nobody wants to know. */
export function provideViewers(fastify: FastifyInstance, source: ViewerSource | null): void {
  const known = new WeakMap<FastifyRequest, Promise<Viewer | null>>();
  fastify.decorateRequest('viewer', function (this: FastifyRequest) {
    let viewer = known.get(this);
    if (viewer === undefined) {
      viewer = source === null ? Promise.resolve(null) : source.viewerOf(this);
      known.set(this, viewer);
    }
    return viewer;
  });
}
