// Written by generate.js from the operations and the published schema. Change those, not this.
import * as types from './graphql.js';
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';

/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "query ArticlePage($slug: String!, $languages: [LanguageTag!]) {\n  article(slug: $slug, languages: $languages) {\n    id\n    slug\n    publishedOn\n    publisher {\n      name\n    }\n    text {\n      headline\n      dek\n      body(format: HTML)\n      language\n      isFallback\n    }\n    credits {\n      role\n      agent {\n        name\n      }\n    }\n    origin {\n      relation\n      url\n      publishedOn\n      source {\n        name\n      }\n    }\n    rights {\n      holder\n      copyright {\n        raw\n      }\n      reuseTerms {\n        effect\n        text {\n          value\n          language\n        }\n        statedBy {\n          name\n        }\n        holderConfirmed\n      }\n    }\n  }\n}\n": typeof types.ArticlePageDocument,
    "query Found($text: String!, $languages: [LanguageTag!], $first: Int!, $after: String) {\n  search(text: $text, languages: $languages, first: $first, after: $after) {\n    edges {\n      node {\n        ...ListedArticle\n      }\n      matches {\n        field\n        language\n        snippet\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}\n": typeof types.FoundDocument,
    "query FrontPage($languages: [LanguageTag!], $first: Int!, $after: String) {\n  articles(languages: $languages, first: $first, after: $after) {\n    edges {\n      node {\n        ...ListedArticle\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}\n": typeof types.FrontPageDocument,
    "fragment ListedArticle on Article {\n  id\n  slug\n  publishedOn\n  text {\n    headline\n    dek\n    language\n    isFallback\n  }\n  origin {\n    source {\n      name\n    }\n  }\n}\n": typeof types.ListedArticleFragmentDoc,
};
const documents: Documents = {
    "query ArticlePage($slug: String!, $languages: [LanguageTag!]) {\n  article(slug: $slug, languages: $languages) {\n    id\n    slug\n    publishedOn\n    publisher {\n      name\n    }\n    text {\n      headline\n      dek\n      body(format: HTML)\n      language\n      isFallback\n    }\n    credits {\n      role\n      agent {\n        name\n      }\n    }\n    origin {\n      relation\n      url\n      publishedOn\n      source {\n        name\n      }\n    }\n    rights {\n      holder\n      copyright {\n        raw\n      }\n      reuseTerms {\n        effect\n        text {\n          value\n          language\n        }\n        statedBy {\n          name\n        }\n        holderConfirmed\n      }\n    }\n  }\n}\n": types.ArticlePageDocument,
    "query Found($text: String!, $languages: [LanguageTag!], $first: Int!, $after: String) {\n  search(text: $text, languages: $languages, first: $first, after: $after) {\n    edges {\n      node {\n        ...ListedArticle\n      }\n      matches {\n        field\n        language\n        snippet\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}\n": types.FoundDocument,
    "query FrontPage($languages: [LanguageTag!], $first: Int!, $after: String) {\n  articles(languages: $languages, first: $first, after: $after) {\n    edges {\n      node {\n        ...ListedArticle\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}\n": types.FrontPageDocument,
    "fragment ListedArticle on Article {\n  id\n  slug\n  publishedOn\n  text {\n    headline\n    dek\n    language\n    isFallback\n  }\n  origin {\n    source {\n      name\n    }\n  }\n}\n": types.ListedArticleFragmentDoc,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 *
 *
 * @example
 * ```ts
 * const query = graphql(`query GetUser($id: ID!) { user(id: $id) { name } }`);
 * ```
 *
 * The query argument is unknown!
 * Please regenerate the types.
 */
export function graphql(source: string): unknown;

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query ArticlePage($slug: String!, $languages: [LanguageTag!]) {\n  article(slug: $slug, languages: $languages) {\n    id\n    slug\n    publishedOn\n    publisher {\n      name\n    }\n    text {\n      headline\n      dek\n      body(format: HTML)\n      language\n      isFallback\n    }\n    credits {\n      role\n      agent {\n        name\n      }\n    }\n    origin {\n      relation\n      url\n      publishedOn\n      source {\n        name\n      }\n    }\n    rights {\n      holder\n      copyright {\n        raw\n      }\n      reuseTerms {\n        effect\n        text {\n          value\n          language\n        }\n        statedBy {\n          name\n        }\n        holderConfirmed\n      }\n    }\n  }\n}\n"): (typeof documents)["query ArticlePage($slug: String!, $languages: [LanguageTag!]) {\n  article(slug: $slug, languages: $languages) {\n    id\n    slug\n    publishedOn\n    publisher {\n      name\n    }\n    text {\n      headline\n      dek\n      body(format: HTML)\n      language\n      isFallback\n    }\n    credits {\n      role\n      agent {\n        name\n      }\n    }\n    origin {\n      relation\n      url\n      publishedOn\n      source {\n        name\n      }\n    }\n    rights {\n      holder\n      copyright {\n        raw\n      }\n      reuseTerms {\n        effect\n        text {\n          value\n          language\n        }\n        statedBy {\n          name\n        }\n        holderConfirmed\n      }\n    }\n  }\n}\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query Found($text: String!, $languages: [LanguageTag!], $first: Int!, $after: String) {\n  search(text: $text, languages: $languages, first: $first, after: $after) {\n    edges {\n      node {\n        ...ListedArticle\n      }\n      matches {\n        field\n        language\n        snippet\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}\n"): (typeof documents)["query Found($text: String!, $languages: [LanguageTag!], $first: Int!, $after: String) {\n  search(text: $text, languages: $languages, first: $first, after: $after) {\n    edges {\n      node {\n        ...ListedArticle\n      }\n      matches {\n        field\n        language\n        snippet\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query FrontPage($languages: [LanguageTag!], $first: Int!, $after: String) {\n  articles(languages: $languages, first: $first, after: $after) {\n    edges {\n      node {\n        ...ListedArticle\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}\n"): (typeof documents)["query FrontPage($languages: [LanguageTag!], $first: Int!, $after: String) {\n  articles(languages: $languages, first: $first, after: $after) {\n    edges {\n      node {\n        ...ListedArticle\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "fragment ListedArticle on Article {\n  id\n  slug\n  publishedOn\n  text {\n    headline\n    dek\n    language\n    isFallback\n  }\n  origin {\n    source {\n      name\n    }\n  }\n}\n"): (typeof documents)["fragment ListedArticle on Article {\n  id\n  slug\n  publishedOn\n  text {\n    headline\n    dek\n    language\n    isFallback\n  }\n  origin {\n    source {\n      name\n    }\n  }\n}\n"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;