import { plainToInstance, Type } from 'class-transformer';
import { IsArray, IsIn, IsString, ValidateNested, validateSync } from 'class-validator';
import { DataFileError, parseYaml, validationLines } from '../../common/data-file.js';
import { foldLabel } from '../../common/fold-label.js';
import { LINK_KINDS, type LinkKind } from '../../common/vocabulary.js';
import type { Block } from './markdown-blocks.js';

/** The words and hosts by which a link of one kind is known. */
export class LinkKindRule {
  @IsIn(LINK_KINDS)
  readonly kind!: LinkKind;

  /** Words of calls and labels, in any language, without regard to case: `support the project`. */
  @IsArray()
  @IsString({ each: true })
  readonly phrases: readonly string[] = [];

  /** Hosts with all that is below them: `patreon.com`. */
  @IsArray()
  @IsString({ each: true })
  readonly hosts: readonly string[] = [];
}

class LinkKindFile {
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => LinkKindRule)
  readonly kinds!: readonly LinkKindRule[];
}

/** Reads the data file of link kinds. Throws DataFileError naming file, path and reason. */
export function parseLinkKindFile(text: string, fileName: string): readonly LinkKindRule[] {
  const file = plainToInstance(LinkKindFile, parseYaml(text, fileName), { exposeDefaultValues: true });
  const problems = validationLines(validateSync(file, { whitelist: true, forbidNonWhitelisted: true }));
  if (problems.length > 0) throw new DataFileError(problems.map((p) => `${fileName}: ${p}`).join('\n'));
  return file.kinds;
}

/** Tells what page furniture a block is, from the words around its links and from their hosts. */
export class LinkKinds {
  constructor(readonly rules: readonly LinkKindRule[]) {}

  /** The kind that the text calls for, or null. */
  ofText(text: string): LinkKind | null {
    const words = ` ${foldLabel(text)} `;
    return (
      this.rules.find(({ phrases }) => phrases.some((phrase) => words.includes(` ${foldLabel(phrase)} `)))?.kind ?? null
    );
  }

  /** The kind that the address's host tells, or null. */
  ofUrl(url: string): LinkKind | null {
    if (!URL.canParse(url)) return null;
    const { hostname } = new URL(url);
    const isAt = (host: string): boolean => hostname === host || hostname.endsWith(`.${host}`);
    return this.rules.find((rule) => rule.hosts.some(isAt))?.kind ?? null;
  }
}

/** A longer block is text, not furniture. */
const LONGEST_FURNITURE = 600;

/** A longer block without any link is text, whatever its words. */
const LONGEST_CALL = 200;

/**
 * Whether the block calls for something or is a label: its words say so, and its links, where there are some, follow
 * a colon, are bare addresses, or lead to hosts of such links. A link in a sentence's words is a reference.
 */
function isCall(block: Block, kinds: LinkKinds): boolean {
  if (kinds.ofText(block.plain) === null) return false;
  if (block.links.length === 0) return block.plain.length <= LONGEST_CALL;
  const label = block.plain.slice(0, block.links[0]?.plainStart).trimEnd();
  if (label.length <= LONGEST_CALL && /[:!]$/.test(label)) return true;
  return block.links.every((link) => {
    const shown = block.plain.slice(link.plainStart, link.plainEnd);
    return link.url.endsWith(shown) || kinds.ofUrl(link.url) !== null;
  });
}

/** Whether the block holds links and nothing else. */
function isLinksOnly(block: Block): boolean {
  if (block.type !== 'paragraph' || block.links.length === 0) return false;
  let rest = '';
  let at = 0;
  for (const link of block.links) {
    rest += block.plain.slice(at, link.plainStart);
    at = link.plainEnd;
  }
  return !/[\p{L}\p{N}]/u.test(rest + block.plain.slice(at));
}

/**
 * Where the source's closing block begins: the run of calls, labels and bare links (donations, social media,
 * partners) that ends the text. The number of blocks when there is none; a run without any call or label is
 * part of the text, such as a list of references.
 */
export function closingStart(blocks: readonly Block[], kinds: LinkKinds): number {
  let start = blocks.length;
  let isCalled = false;
  let hasLink = false;
  while (start > 0) {
    const block = blocks[start - 1];
    if (block?.type !== 'paragraph' || block.plain.length > LONGEST_FURNITURE) break;
    const called = isCall(block, kinds);
    if (!called && !isLinksOnly(block)) break;
    isCalled ||= called;
    hasLink ||= block.links.length > 0;
    start--;
  }
  return isCalled && hasLink ? start : blocks.length;
}

/** The kind of each link of a closing block: by the block's own words, else the label above, else the host. */
export function closingLinks(
  blocks: readonly Block[],
  kinds: LinkKinds,
): { readonly block: Block; readonly index: number; readonly kind: LinkKind; readonly url: string }[] {
  let label: LinkKind | null = null;
  return blocks.flatMap((block) => {
    const own = kinds.ofText(block.plain);
    if (own !== null && block.links.length === 0) label = own;
    return block.links.map((link, index) => ({
      block,
      index,
      kind: own ?? label ?? kinds.ofUrl(link.url) ?? 'OTHER',
      url: link.url,
    }));
  });
}
