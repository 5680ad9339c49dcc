import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const PASSWORD = 'a drill’s own password';

const CREATE = `mutation ($input: CreateAccountInput!) { result: createAccount(input: $input) {
  ... on PasswordToChoose { secret } ... on Problem { code message } } }`;
const CHOOSE = `mutation ($input: SetPasswordInput!) { result: setPassword(input: $input) {
  __typename ... on Problem { code message } } }`;
const SIGN_IN = `mutation ($input: SignInInput!) { result: signIn(input: $input) {
  ... on SignedIn { secret } ... on Problem { code message } } }`;

/** Somebody at the desk: signed in with an account of their own, at one of several servers. */
export class Person {
  constructor(server, email, secret) {
    this.server = server;
    this.email = email;
    this.secret = secret;
  }

  /** Does a mutation with one input; gives what it came to, a problem too. Of other results, `selection` is asked. */
  async do(mutation, input, selection = '', server = this.server) {
    const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
    const document = `mutation ($input: ${type}!) { result: ${mutation}(input: $input) {
      __typename ... on Problem { code message path } ${selection} } }`;
    return (await server.ask(document, { input }, this.secret)).result;
  }

  /** Asks something of the desk. */
  async desk(selection, server = this.server) {
    return (await server.ask(`{ desk { ${selection} } }`, {}, this.secret)).desk;
  }
}

/** The first account, made by command; everybody else’s is made by it. */
export async function givenAdmin({ product, postgres }, database, server) {
  const email = 'admin@example.org';
  const command = promisify(execFile)(
    process.execPath,
    [join(product, 'cli.js'), 'user', 'add', email, '--name', 'Ada Admin', '--role', 'admin', '--json'],
    { env: { PATH: process.env.PATH, DATABASE_URL: postgres.urlOf(database) } },
  );
  command.child.stdin.end(`${PASSWORD}\n`);
  await command;
  return signIn(server, email);
}

/** Signs somebody in by their password. */
export async function signIn(server, email) {
  const { result } = await server.ask(SIGN_IN, { input: { email, password: PASSWORD } });
  if (result.secret === undefined) throw new Error(`${email}: ${JSON.stringify(result)}`);
  return new Person(server, email, result.secret);
}

/** Editors with accounts of their own, who have chosen passwords and signed in. */
export async function givenEditors(admin, count) {
  const editors = [];
  for (let place = 1; place <= count; place++) {
    const email = `editor-${place}@example.org`;
    const input = { email, name: `Editor ${place}`, roles: [{ role: 'EDITOR' }] };
    const { result: made } = await admin.server.ask(CREATE, { input }, admin.secret);
    if (made.secret === undefined) throw new Error(JSON.stringify(made));
    const { result } = await admin.server.ask(CHOOSE, { input: { secret: made.secret, newPassword: PASSWORD } });
    if (result.code !== undefined) throw new Error(JSON.stringify(result));
    editors.push(await signIn(admin.server, email));
  }
  return editors;
}

const ARTICLE = `article { id version slugs translations { id language version state revision { id number } } }`;

/** What of an article, and of a text, is asked after it was written. */
export const CREATED = `... on ArticleCreated { ${ARTICLE} }`;
export const TEXT = 'translation { id version headline body state revision { id number } article { id version } }';

/** An article that lacks nothing, to be written. */
export async function articleInput({ postgres }, database, rest = {}) {
  const [{ id }] = await postgres.query(database, `select id from desk.publisher where slug = 'mondialisation-ca'`);
  return {
    publisherId: Buffer.from(`Publisher:${id}`).toString('base64url'),
    language: 'fr',
    kind: 'ARTICLE',
    publishedOn: '2026-11-01',
    headline: 'Le port a rouvert',
    body: 'Le port a rouvert.\n\nLes grues tournent.\n\nDeux navires attendent.',
    origin: { relation: 'OWN' },
    credits: [{ role: 'AUTHOR', name: 'Anne Martin' }],
    copyright: { raw: 'Copyright © Anne Martin, 2026', author: 'Anne Martin', year: 2026 },
    contactPoints: [{ email: 'media@example.org', purposes: ['MEDIA', 'REPRODUCTION_PERMISSION'] }],
    ...rest,
  };
}

/** Writes an article; gives what was made of it. */
export async function givenArticle(drill, database, editor, rest = {}) {
  const result = await editor.do('createArticle', await articleInput(drill, database, rest), CREATED);
  if (result.article === undefined) throw new Error(JSON.stringify(result));
  return result.article;
}

/** Writes a translation; gives it. */
export async function givenTranslation(editor, sourceRevisionId, language, headline) {
  const started = await editor.do(
    'startTranslation',
    { sourceRevisionId, language, method: 'HUMAN', headline, body: `${headline}.\n\nCranes turn.\n\nTwo ships wait.` },
    `... on TranslationStarted { ${TEXT} }`,
  );
  if (started.translation === undefined) throw new Error(JSON.stringify(started));
  return started.translation;
}

/** Takes a text to its approval; gives it as it is then. */
export async function approve(editor, { id, version }) {
  let text = { id, version };
  for (const [step, done] of [
    ['reviewTranslation', 'TranslationReviewed'],
    ['approveTranslation', 'TranslationApproved'],
  ]) {
    const at = { translationId: text.id, expectedVersion: text.version };
    const result = await editor.do(step, at, `... on ${done} { ${TEXT} }`);
    if (result.translation === undefined) throw new Error(JSON.stringify(result));
    text = result.translation;
  }
  return text;
}
