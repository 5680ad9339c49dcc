import { conditionSql } from './article-conditions.js';
import { textsWith } from './words-sql.js';
import type {
  Condition,
  FactClass,
  FactCondition,
  OriginCondition,
  PlaceCondition,
  WordsCondition,
} from './filter-conditions.js';

/** A way to articles: those of a fact or of any of several, or, in no order, those with words or with an origin's date. */
type Driver = FactCondition | WordsCondition | { readonly is: 'origins'; readonly of: readonly OriginCondition[] };

/** One way to articles, with what else is demanded of them. */
interface Branch {
  /** None: along all articles. */
  readonly driver: Driver | null;
  /** Facts that the articles have to have beside the driver's: it is walked along the articles of all at once. */
  readonly joined: readonly FactCondition[];
  readonly places: readonly PlaceCondition[];
  /** What else is demanded of each article's row. */
  readonly rest: readonly Condition[];
}

/** What filters demand, cut into branches: an article that any of them leads to is one of the list. */
export type Branches = readonly Branch[];

/** Which way to take: the facts that fewer articles have come first. */
const RAREST_FIRST: readonly FactClass[] = [
  'CREDIT',
  'OUTDATED',
  'REPORT',
  'SOURCE',
  'THEME',
  'REGION',
  'TERM',
  'KIND',
  'REUSE',
  'LANGUAGES',
  'PUBLISHER',
  'RELATION',
];

/** What more facts than these share is looked up article by article. */
const JOINED_MAX = 2;

/** More branches than this take longer than walking along all articles does. */
const BRANCHES_MAX = 16;

/** More tries than this no filter is worth that people write. */
const TRIES_MAX = 100;

/** Cuts what is demanded into branches, each as quick as there is a way. */
export function branchesOf(condition: Condition): Branches {
  return branchesOfAll(flat(condition), { tries: 0 });
}

/** Whether every branch leads straight to its articles. */
export function areDriven(branches: Branches): boolean {
  return branches.every(({ driver }) => driver !== null);
}

/** Whether the origin's dates alone lead to the articles: a list in their order is walked along. */
export function areLedByOrigin(branches: Branches): boolean {
  return branches.every(({ driver }) => driver?.is === 'origins');
}

/** Whether a branch finds its articles in no order. */
export function areUnordered(branches: Branches): boolean {
  return branches.some(({ driver, rest }) => driver?.is === 'words' || (driver?.is === 'origins' && rest.length > 0));
}

/** Whether each place on the way is one of the list. */
export function areDirect([branch, ...others]: Branches): boolean {
  if (branch === undefined || others.length > 0 || branch.joined.length + branch.rest.length > 0) return false;
  return branch.driver === null || (branch.driver.is === 'fact' && !branch.driver.isMany);
}

function branchesOfAll(parts: readonly Condition[], search: { tries: number }): Branches {
  search.tries += 1;
  const [driver] = parts
    .filter((part) => part.is === 'fact')
    .filter((part) => !part.isNot)
    .sort(byRarity);
  if (driver !== undefined) return [branchAlong(driver, parts)];
  for (const either of parts) {
    if (either.is !== 'any' || either.of.length === 0 || search.tries > TRIES_MAX) continue;
    const others = parts.filter((part) => part !== either);
    const branches = either.of.flatMap((option) => branchesOfAll([...flat(option), ...others], search));
    if (branches.length <= BRANCHES_MAX && areDriven(branches)) return branches;
  }
  const words = parts.filter((part) => part.is === 'words').find((part) => !part.isNot);
  if (words !== undefined) return [branchAlong(words, parts)];
  const origins = parts.filter((part) => part.is === 'origin').filter((part) => !part.isNot);
  return [branchAlong(origins.length === 0 ? null : { is: 'origins', of: origins }, parts)];
}

function branchAlong(driver: Driver | null, parts: readonly Condition[]): Branch {
  const joined = driver?.is === 'fact' && driver.about !== 'CREDIT' ? joinedTo(driver, parts) : [];
  const walked = new Set<unknown>([...(driver?.is === 'origins' ? driver.of : [driver]), ...joined]);
  return {
    driver,
    joined,
    places: parts.filter((part) => part.is === 'place'),
    rest: parts.filter((part) => part.is !== 'place' && !walked.has(part)),
  };
}

/** Whoever is credited has few articles: they are looked up. Most other facts have many, that are walked along. */
function joinedTo(driver: FactCondition, parts: readonly Condition[]): FactCondition[] {
  return parts
    .filter((part) => part.is === 'fact')
    .filter((part) => part !== driver && !part.isMany && !part.isNot)
    .sort(byRarity)
    .slice(0, JOINED_MAX);
}

function byRarity(a: FactCondition, b: FactCondition): number {
  return RAREST_FIRST.indexOf(a.about) - RAREST_FIRST.indexOf(b.about);
}

/** The conditions that have all to hold, those in parentheses too. */
function flat(condition: Condition): readonly Condition[] {
  if (condition.is === 'all') return condition.of.flatMap(flat);
  if (condition.is === 'any' && condition.of.length === 1) return condition.of.flatMap(flat);
  return [condition];
}

/** How far to go along each branch. */
export interface Stretch {
  /** What is demanded of the place of a row that is walked along, like `c.place < $3`. */
  readonly bounds: (row: string) => readonly string[];
  /** The order of the places; null where it does not matter. */
  readonly direction: 'asc' | 'desc' | null;
  /** How many articles of each branch are enough: a number that Postgres can plan for. */
  readonly limit: number;
}

/** The places of the articles that branches lead to, each once: the column `place`. */
export function placesSql(branches: Branches, stretch: Stretch): string {
  const ways = branches.map((branch) => waySql(branch, stretch));
  const [only] = ways;
  if (ways.length === 1 && only !== undefined && !repeats(branches[0])) return only;
  return (
    `select distinct u.place from (${ways.map((way) => `(${way})`).join(' union all ')}) u ` + endSql('u', stretch)
  );
}

/** Whether a way may lead to an article twice. */
function repeats(branch: Branch | undefined): boolean {
  const driver = branch?.driver;
  return driver?.is === 'words' || (driver?.is === 'fact' && driver.isMany);
}

function waySql(branch: Branch, stretch: Stretch): string {
  const { driver } = branch;
  if (driver?.is === 'words') {
    const found = `${textsWith(driver.sql)} join current_article c on c.article_id = s.article_id`;
    return walkSql(found, 'c', [], branch, stretch);
  }
  if (driver?.is === 'origins') return originsSql(driver.of, branch, stretch);
  if (driver === null) return walkSql('current_article c', 'c', [], branch, stretch);
  if (!driver.isMany) return walkSql('article_fact f', 'f', [`f.fact = ${driver.sql}`], branch, stretch);
  const walk = walkSql('article_fact f', 'f', ['f.fact = own.fact'], branch, stretch);
  return `select w.place from unnest(${driver.sql}) as own (fact) cross join lateral (${walk}) w`;
}

/** Those with an origin's date in a range; all are sorted, since none stands where its origin's date does. */
function originsSql(range: readonly OriginCondition[], branch: Branch, stretch: Stretch): string {
  const dated = range.map(({ operator, sql }) => `c.origin_on ${operator} ${sql}`);
  if (branch.rest.length > 0 || stretch.direction === null) {
    return walkSql('current_article c', 'c', dated, branch, stretch);
  }
  const found = whereSql('c', dated, branch, stretch);
  return `select o.place from (select c.place from current_article c ${found}offset 0) o ${endSql('o', stretch)}`;
}

/** Along one list, and along those of the joined facts with it. */
function walkSql(from: string, row: string, start: readonly string[], branch: Branch, stretch: Stretch): string {
  const { joined, rest } = branch;
  const tables = [
    from,
    ...joined.map((_, i) => `join article_fact j${i} on j${i}.place = ${row}.place`),
    ...(rest.length > 0 && row !== 'c' ? [`join current_article c on c.place = ${row}.place`] : []),
  ];
  return `select ${row}.place from ${tables.join(' ')} ${whereSql(row, start, branch, stretch)}${endSql(row, stretch)}`;
}

function whereSql(row: string, start: readonly string[], { joined, places, rest }: Branch, stretch: Stretch): string {
  const rows = [row, ...joined.map((_, i) => `j${i}`)];
  const where = [
    ...start,
    ...joined.map(({ sql }, i) => `j${i}.fact = ${sql}`),
    ...rows.flatMap((walked) => [
      ...places.map(({ operator, sql }) => `${walked}.place ${operator} ${sql}`),
      ...stretch.bounds(walked),
    ]),
    ...rest.map(conditionSql),
  ];
  return where.length === 0 ? '' : `where ${where.join(' and ')} `;
}

function endSql(row: string, { direction, limit }: Stretch): string {
  return `${direction === null ? '' : `order by ${row}.place ${direction} `}limit ${limit}`;
}
