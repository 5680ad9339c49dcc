import {
  Args,
  Context,
  Field,
  ID,
  InputType,
  Int,
  Mutation,
  ObjectType,
  Parent,
  Query,
  ResolveField,
  Resolver,
} from '@nestjs/graphql';
import { type DynamicModule, Global, Injectable, Module } from '@nestjs/common';
import { GraphQLError } from 'graphql';
import { userInputError } from '../../src/common/user-input-error.js';
import { Permits } from '../../src/accounts/permits.js';
import type { Config } from '../../src/config.js';
import { DatabaseUnavailableError } from '../../src/database/database-errors.js';
import type { GraphQLContext } from '../../src/server/graphql-context.js';
import type { DatabaseProbe, DatabaseState } from '../../src/server/readiness.js';
import { ServerModule } from '../../src/server/server.module.js';

/** A database that tests may take away. */
@Injectable()
export class LibraryProbe implements DatabaseProbe {
  state: DatabaseState = { database: 'up', migrations: 'done' };
  delayMs = 0;

  async check(): Promise<DatabaseState> {
    await new Promise((resolve) => setTimeout(resolve, this.delayMs));
    return this.state;
  }
}

@ObjectType()
class Book {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  title!: string;
}

@ObjectType()
class BookEdge {
  @Field(() => Book)
  node!: Book;
}

@ObjectType()
class BookConnection {
  @Field(() => [BookEdge])
  edges!: BookEdge[];
}

@InputType()
class BookFilter {
  @Field(() => String, { nullable: true })
  title?: string;

  @Field(() => [BookFilter], { nullable: true })
  any?: BookFilter[];
}

interface BookRow {
  readonly id: string;
  readonly title: string;
}

interface BookPage {
  readonly edges: readonly { readonly node: BookRow }[];
}

const BOOKS: readonly BookRow[] = [
  { id: '1', title: 'On Type' },
  { id: '2', title: 'On Ink' },
];

/** A small schema with a cycle, a connection, and one field for each way to fail. */
@Resolver(() => Book)
class BookResolver {
  @Query(() => BookConnection)
  books(
    @Args('first', { type: () => Int, nullable: true }) first?: number,
    @Args('filter', { nullable: true }) _filter?: BookFilter,
  ): BookPage {
    if (first !== undefined && first < 0) throw userInputError('first', 'must be 0 or more');
    return { edges: BOOKS.map((node) => ({ node })) };
  }

  @ResolveField(() => BookConnection)
  related(@Parent() _book: BookRow, @Args('first', { type: () => Int, nullable: true }) _first?: number): BookPage {
    return { edges: BOOKS.map((node) => ({ node })) };
  }

  @Query(() => [Book])
  booksById(@Args('ids', { type: () => [ID] }) ids: string[]): BookRow[] {
    return BOOKS.filter((book) => ids.includes(book.id));
  }

  @Query(() => String)
  echo(@Args('text', { nullable: true }) text?: string): string {
    return text ?? '';
  }

  @Query(() => String, { nullable: true })
  fail(@Args('how') how: string): string | null {
    switch (how) {
      case 'unavailable':
        throw new DatabaseUnavailableError();
      case 'coded':
        throw new GraphQLError('You must sign in.', { extensions: { code: 'UNAUTHENTICATED' } });
      case 'internal':
        throw new GraphQLError('SELECT secret FROM account');
      case 'type error':
        throw new TypeError('Cannot read properties of undefined: SELECT secret FROM account');
      default:
        return null;
    }
  }

  @Query(() => String)
  async slow(@Args('ms', { type: () => Int }) ms: number, @Context() context: GraphQLContext): Promise<string> {
    await new Promise((resolve) => setTimeout(resolve, ms));
    return context.requestId;
  }

  @Permits('sign-in')
  @Mutation(() => String)
  rename(@Args('title') title: string): string {
    return title;
  }
}

@Global()
@Module({ providers: [LibraryProbe], exports: [LibraryProbe] })
class LibraryDatabaseModule {}

/** A whole application without a database, for tests of the server alone. */
@Module({})
export class LibraryModule {
  static forRoot(config: Config): DynamicModule {
    return {
      module: LibraryModule,
      imports: [LibraryDatabaseModule, ServerModule.forRoot(config, LibraryProbe)],
      providers: [BookResolver],
    };
  }
}
