import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LibraryServer } from './library-server.js';

let server: LibraryServer;
beforeAll(async () => {
  server = await LibraryServer.start({ COLOPHON_BODY_LIMIT_BYTES: '20000' });
});
afterAll(async () => {
  await server.stop();
});

describe('the server', () => {
  it('answers', async () => {
    const answer = await server.ask('query Greeting { echo(text: "hello") }');
    console.log(answer, server.log);
    expect(answer.data).toEqual({ echo: 'hello' });
  });
});
