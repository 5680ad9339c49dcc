import { Controller, Get, NotFoundException, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Config } from '../../config.js';
import { askedFrom } from '../viewer.js';
import { type OidcProblem, OidcService } from './oidc.service.js';

/** The addresses by which browsers go to the provider of OpenID Connect and come back. */
@Controller('sign-in')
export class OidcController {
  constructor(
    private readonly oidc: OidcService,
    private readonly config: Config,
  ) {}

  /** `GET /sign-in/oidc?challenge=…`: off to the provider. */
  @Get('oidc')
  async begin(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    if (!this.oidc.isSet) throw new NotFoundException();
    const { challenge } = request.query as { readonly challenge?: unknown };
    // Whoever types the address is not on their way from a page that could take them back.
    if (typeof challenge !== 'string' || !/^[\w-]{43}$/.test(challenge)) return this.#back(reply, 'SIGN_IN_REFUSED');
    const begun = await this.oidc.begin(challenge, askedFrom(request));
    if ('problem' in begun) return this.#back(reply, begun.problem);
    return send(reply, begun.url);
  }

  /** `GET /sign-in/callback`: back from the provider, and on to the page with a code behind the `#`, which no server sees. */
  @Get('callback')
  async finish(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    if (!this.oidc.isSet) throw new NotFoundException();
    const [, query = ''] = /^[^?]*\?(.*)$/s.exec(request.url) ?? [];
    const finished = await this.oidc.finish(query, askedFrom(request));
    if ('problem' in finished) return this.#back(reply, finished.problem);
    return send(reply, this.#page({ 'sign-in-code': finished.code }));
  }

  #back(reply: FastifyReply, problem: OidcProblem): Promise<void> {
    return send(reply, this.#page({ 'sign-in-problem': problem }));
  }

  #page(said: Readonly<Record<string, string>>): string {
    return `${this.config.oidcReturnUrl ?? ''}#${new URLSearchParams(said).toString()}`;
  }
}

async function send(reply: FastifyReply, url: string): Promise<void> {
  await reply.header('cache-control', 'no-store').redirect(url, 303);
}
