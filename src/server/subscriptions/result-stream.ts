import { type ExecutionResult, GraphQLError } from 'graphql';

/**
 * The results of one subscription. What fails on the way is its last result, and whoever ends it, from whichever side,
 * is told once.
 */
export class ResultStream implements AsyncGenerator<ExecutionResult, undefined> {
  #isEnded = false;

  constructor(
    private readonly results: AsyncGenerator<ExecutionResult, void, void>,
    private readonly onEnd: () => void,
  ) {}

  async next(): Promise<IteratorResult<ExecutionResult, undefined>> {
    if (this.#isEnded) return { done: true, value: undefined };
    try {
      const { done, value } = await this.results.next();
      if (done !== true) return { done: false, value };
      await this.return();
      return { done: true, value: undefined };
    } catch (error) {
      await this.return();
      const originalError = error instanceof Error ? error : new Error(String(error));
      return { done: false, value: { errors: [new GraphQLError(originalError.message, { originalError })] } };
    }
  }

  async return(): Promise<IteratorResult<ExecutionResult, undefined>> {
    if (!this.#isEnded) {
      this.#isEnded = true;
      this.onEnd();
      await this.results.return();
    }
    return { done: true, value: undefined };
  }

  async throw(error: unknown): Promise<IteratorResult<ExecutionResult, undefined>> {
    await this.return();
    throw error;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }
}
