import { createHash } from 'node:crypto';
import type { Command } from 'commander';
import { loadConfig } from '../config.js';
import { DocumentVerifier, type Verification } from '../documents/document-verifier.js';
import { addCommand, type CommonOptions, type House, RefusedError, withDatabase } from './command-line.js';
import { readDocumentBytes } from './seed-files.js';
import { bold, counted, dim, green, oneLine, red, terminalWidth } from './terminal.js';

const SHA256 = /^[0-9a-f]{8,64}$/i;

/** `verify`: writes documents back from the structured data alone, and says whether they are what came in. */
export function verifyCommand(program: Command, house: House): void {
  addCommand(program, 'verify', 'write documents back from their fields, and compare them with what came in')
    .option(
      '--document <SHA|PATH>',
      'only the document with this SHA-256, or its first 8 digits or more, or of this file',
    )
    .addHelpText('after', '\nExit status 1 when any document differs, or when the one named is not there.\n')
    .action(async (options: CommonOptions & { readonly document?: string }) => {
      const sha256 = options.document === undefined ? undefined : await shaOf(options.document);
      const isFaultless = await withDatabase(house, loadConfig(), async (app) => {
        const verifier = app.get(DocumentVerifier);
        const counts = { verified: 0, identical: 0 };
        for await (const id of verifier.list(sha256)) {
          const verification = await verifier.verify(id);
          counts.verified++;
          if (verification.isIdentical) counts.identical++;
          process.stdout.write(
            `${options.json === true ? JSON.stringify(verification) : verificationText(verification)}\n`,
          );
        }
        const { verified, identical } = counts;
        if (options.json !== true)
          process.stdout.write(
            `${counted(verified, 'document')}: ${identical} identical, ${verified - identical} different.\n`,
          );
        return verified === identical && (verified > 0 || sha256 === undefined);
      });
      if (!isFaultless) throw new RefusedError();
    });
}

/** A SHA-256 as it is given, or that of the file at the path. */
async function shaOf(document: string): Promise<string> {
  if (SHA256.test(document)) return document.toLowerCase();
  return createHash('sha256')
    .update(await readDocumentBytes(document))
    .digest('hex');
}

function verificationText(verification: Verification): string {
  const { fileName, sha256, parts, unclaimed, characters, accounted, isIdentical, difference } = verification;
  const share = characters === 0 ? 100 : Math.floor((accounted / characters) * 1000) / 10;
  const facts = [
    `${counted(parts, 'part')}${unclaimed === 0 ? '' : `, ${unclaimed} unclaimed`}`,
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
