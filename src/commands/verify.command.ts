import { createHash } from 'node:crypto';
import type { Command } from 'commander';
import { ColophonError } from '../common/colophon-error.js';
import { loadConfig } from '../config.js';
import { DocumentVerifier, type Verification } from '../documents/document-verifier.js';
import { openDocuments } from '../reading/door/open-documents.js';
import { addCommand, type CommonOptions, type House, RefusedError } from './command-line.js';
import { withDatabase } from './with-database.js';
import { bold, counted, dim, green, oneLine, red, refusalText, terminalWidth, yellow } from './terminal.js';

const SHA256 = /^[0-9a-f]{8,64}$/i;

/** `verify`: writes documents back from the structured data alone, and says whether they are what came in. */
export function verifyCommand(program: Command, house: House): void {
  addCommand(program, 'verify', 'write documents back from their fields, and compare them with what came in')
    .option(
      '--document <SHA|PATH>',
      'only the document with this SHA-256, or its first 8 digits or more, or those of this file or archive',
    )
    .addHelpText('after', '\nExit status 1 when any document differs, or when the one named is not there.\n')
    .action(async (options: CommonOptions & { readonly document?: string }) => {
      const config = loadConfig();
      const isFaultless = await withDatabase(house, config, async (app) => {
        const verifier = app.get(DocumentVerifier);
        const counts = { verified: 0, identical: 0 };
        let isAnyMissing = false;
        for await (const { path, sha256 } of askedFor(options.document, config.documentLimitBytes)) {
          const before = counts.verified;
          for await (const id of verifier.list(sha256)) {
            const verification = await verifier.verify(id);
            counts.verified++;
            if (verification.isIdentical) counts.identical++;
            process.stdout.write(
              `${options.json === true ? JSON.stringify(verification) : verificationText(verification)}\n`,
            );
          }
          if (sha256 === undefined || counts.verified > before) continue;
          isAnyMissing = true;
          if (options.json !== true) process.stdout.write(`${red('✘')} ${bold(path)}: not in the database\n`);
        }
        const { verified, identical } = counts;
        if (options.json !== true)
          process.stdout.write(
            `${counted(verified, 'document')}: ${identical} identical, ${verified - identical} different.\n`,
          );
        return verified === identical && !isAnyMissing;
      });
      if (!isFaultless) throw new RefusedError();
    });
}

/** What is asked for: a SHA-256 as it is given, or each document at a path; without a SHA-256, all of them. */
async function* askedFor(
  asked: string | undefined,
  limitBytes: number,
): AsyncGenerator<{ readonly path: string; readonly sha256?: string }> {
  if (asked === undefined) {
    yield { path: '' };
  } else if (SHA256.test(asked)) {
    yield { path: asked, sha256: asked.toLowerCase() };
  } else {
    for await (const incoming of openDocuments([asked], { limitBytes })) {
      if ('document' in incoming) {
        const { path, bytes } = incoming.document;
        yield { path, sha256: createHash('sha256').update(bytes).digest('hex') };
      } else if ('refusal' in incoming && incoming.path === asked) {
        throw new ColophonError(`${asked}: ${refusalText(incoming.refusal)}`);
      }
    }
  }
}

function verificationText(verification: Verification): string {
  const { fileName, sha256, parts, unclaimed, kept, characters, accounted, isIdentical, difference } = verification;
  const share = characters === 0 ? 100 : Math.floor((accounted / characters) * 1000) / 10;
  const facts = [
    counted(parts, 'part'),
    ...(unclaimed === 0 ? [] : [`${unclaimed} unclaimed`]),
    ...(kept === 0 ? [] : [yellow(`${kept} kept as it stands`)]),
    `${accounted.toLocaleString('en')} of ${counted(characters, 'character')} accounted for (${share} %)`,
  ].join(', ');
  const head = `${isIdentical ? green('✔') : red('✘')} ${bold(fileName)} ${dim(sha256.slice(0, 12))}: ${facts}`;
  if (difference === null) return `${head}, identical`;
  const width = terminalWidth() - 14;
  return [
    `${head}, ${red('different')} from line ${difference.line} on`,
    `    came in  ${oneLine(difference.expected, width)}`,
    `    written  ${oneLine(difference.written, width)}`,
  ].join('\n');
}
