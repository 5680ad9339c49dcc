type TextWork = typeof import('./split-blocks.js') &
  typeof import('./align-blocks.js') &
  typeof import('./merge-texts.js') &
  typeof import('./diff-texts.js') &
  typeof import('./effort.js') &
  typeof import('./wordless.js');

/**
 * What takes texts apart and compares them. The Markdown parser and what finds differences are loaded when somebody first
 * works on a text: a server that answers readers starts without them.
 */
export async function loadTextWork(): Promise<TextWork> {
  const [split, align, merge, diff, effort, wordless] = await Promise.all([
    import('./split-blocks.js'),
    import('./align-blocks.js'),
    import('./merge-texts.js'),
    import('./diff-texts.js'),
    import('./effort.js'),
    import('./wordless.js'),
  ]);
  return { ...split, ...align, ...merge, ...diff, ...effort, ...wordless };
}
