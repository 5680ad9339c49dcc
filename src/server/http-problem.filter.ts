import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import type { GqlContextType } from '@nestjs/graphql';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { HttpProblem, OUR_FAULT, sendProblem } from './http-problem.js';

/** Turns whatever went wrong outside GraphQL into one sentence: no stack, no path, no name of a library. */
@Catch()
export class HttpProblemFilter implements ExceptionFilter {
  constructor(private readonly bodyLimitBytes: number) {}

  catch(error: unknown, host: ArgumentsHost): void {
    // What a resolver throws is GraphQL's to answer.
    if (host.getType<GqlContextType>() === 'graphql') throw error;
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const problem = this.problemOf(error, request);
    if (problem.statusCode === 500) {
      request.log.error({ err: error, msg: 'a request failed' });
    }
    sendProblem(request, http.getResponse<FastifyReply>(), problem);
  }

  private problemOf(error: unknown, request: FastifyRequest): HttpProblem {
    if (error instanceof HttpProblem) return error;
    switch (statusOf(error)) {
      case 404:
        return request.url.split('?', 1)[0] === '/graphql'
          ? new HttpProblem(405, 'GraphQL is asked by POST or GET.', { allow: 'GET, POST' })
          : new HttpProblem(404, 'There is nothing here. The API answers at /graphql.');
      case 408:
        return new HttpProblem(408, 'The request took too long to arrive.');
      case 413:
        return new HttpProblem(413, `The body is larger than ${this.bodyLimitBytes} bytes.`);
      case 415:
        return new HttpProblem(415, 'Send the body as application/json.');
      case 503:
        return new HttpProblem(503, 'The server can not answer right now. Try again in a moment.', {
          'retry-after': '1',
        });
      case 500:
        return new HttpProblem(500, OUR_FAULT);
      default:
        return new HttpProblem(400, 'The request is malformed.');
    }
  }
}

function statusOf(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : 500;
  return typeof status === 'number' && status >= 400 && status < 600
    ? status > 500 && status !== 503
      ? 500
      : status
    : 500;
}
