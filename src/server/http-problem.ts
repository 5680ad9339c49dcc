import type { FastifyReply, FastifyRequest } from 'fastify';

const CODES: Readonly<Record<number, string>> = {
  400: 'BAD_REQUEST',
  401: 'UNAUTHENTICATED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_ALLOWED',
  408: 'REQUEST_TIMEOUT',
  413: 'PAYLOAD_TOO_LARGE',
  414: 'URI_TOO_LONG',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  429: 'TOO_MANY_REQUESTS',
  431: 'REQUEST_HEADERS_TOO_LARGE',
  500: 'INTERNAL_SERVER_ERROR',
  503: 'SERVICE_UNAVAILABLE',
};

/** What a caller reads when the fault is ours. */
export const OUR_FAULT = 'Something went wrong on our side.';

/** A request that never became an operation: its HTTP status and one sentence for the caller. */
export class HttpProblem extends Error {
  override readonly name = 'HttpProblem';
  constructor(
    readonly statusCode: number,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
    /** The code that callers read; null for that of the status. */
    readonly code: string | null = null,
  ) {
    super(message);
  }
}

/** The code that callers read for a status of HTTP. */
export function codeOf(status: number): string {
  return CODES[status] ?? (status < 500 ? 'BAD_REQUEST' : 'INTERNAL_SERVER_ERROR');
}

/** The body of every refusal outside GraphQL: the same shape as inside it, so that a client reads one kind of error. */
export function problemBody(status: number, message: string, requestId?: string, given: string | null = null): string {
  const code = given ?? codeOf(status);
  const extensions = requestId === undefined ? { code } : { code, requestId };
  return JSON.stringify({ errors: [{ message, extensions }] });
}

/** Answers a request with a problem, in the media type that the caller asked for. */
export function sendProblem(request: FastifyRequest, reply: FastifyReply, problem: HttpProblem): void {
  const isGraphql = request.headers.accept?.includes('application/graphql-response+json') ?? false;
  void reply
    .code(problem.statusCode)
    .headers({ 'cache-control': 'no-store', ...problem.headers })
    .header('content-type', `application/${isGraphql ? 'graphql-response+json' : 'json'}; charset=utf-8`)
    .send(
      problemBody(
        problem.statusCode,
        problem.message,
        problem.statusCode >= 500 ? request.id : undefined,
        problem.code,
      ),
    );
}
