import { describe, expect, it } from '@jest/globals';
import { DocumentRefused } from '../reading/document-refused.js';
import { htmlToMarkdown } from '../reading/html/html-to-markdown.js';
import { formatMarkdown } from './markdown-formats.js';

const safeHtml = (markdown: string, idPrefix = 'a-', language = 'fr'): string =>
  formatMarkdown(markdown, { idPrefix, language }).html;
const plainText = (markdown: string): string => formatMarkdown(markdown, { idPrefix: 'a-', language: 'fr' }).plain;

/** Ways to smuggle a script into a page. Source: OWASP, XSS Filter Evasion Cheat Sheet; CommonMark's own syntax. */
const ATTACKS = [
  '<script>alert(1)</script>',
  '<SCRIPT SRC=https://evil.example/x.js></SCRIPT>',
  'a <script>alert(1)</script> b',
  '<scr<script>ipt>alert(1)</scr</script>ipt>',
  '<img src=x onerror=alert(1)>',
  '<img src="javascript:alert(1)">',
  '<svg onload=alert(1)>',
  '<svg><script>alert(1)</script></svg>',
  '<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>',
  '<math><mi xlink:href="data:x,<script>alert(1)</script>">x</mi></math>',
  '<iframe src="javascript:alert(1)"></iframe>',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '<object data="data:text/html;base64,PHNjcmlwdD4="></object>',
  '<embed src="javascript:alert(1)">',
  '<form action="javascript:alert(1)"><button>x</button></form>',
  '<body onload=alert(1)>',
  '<style>@import "https://evil.example/x.css";</style>',
  '<link rel=stylesheet href=https://evil.example/x.css>',
  '<meta http-equiv=refresh content="0;url=javascript:alert(1)">',
  '<base href="https://evil.example/">',
  '<div style="background:url(javascript:alert(1))">x</div>',
  '<details open ontoggle=alert(1)>x</details>',
  '<a href="javascript:alert(1)">x</a>',
  '<!--<img src="--><img src=x onerror=alert(1)//">',
  '<![CDATA[<script>alert(1)</script>]]>',
  '[x](javascript:alert(1))',
  '[x](JaVaScRiPt:alert(1))',
  '[x](<javascript:alert(1)>)',
  '[x]( javascript:alert(1))',
  '[x](\u0001javascript:alert(1))',
  '[x](java&#9;script:alert(1))',
  '[x](javascript&colon;alert(1))',
  '[x](&#106;avascript:alert(1))',
  '[x](&#x6A;&#x61;vascript&#58;alert(1))',
  '[x](javascript\\:alert(1))',
  '[x](vbscript:msgbox(1))',
  '[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)',
  '[x](data:text/html,<script>alert(1)</script>)',
  '[x](file:///etc/passwd)',
  '[x](blob:https://evil.example/1)',
  '[x](feed:javascript:alert(1))',
  '![x](javascript:alert(1))',
  '![x](data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9YWxlcnQoMSk+)',
  '![x" onerror="alert(1)](https://a.example/x.png)',
  '![x](https://a.example/x.png "a\\" onerror=alert(1) b=\\"")',
  '[x](https://a.example/"onmouseover="alert(1))',
  '<javascript:alert(1)>',
  '<vbscript:msgbox(1)>',
  '<data:text/html,x>',
  '[x][1]\n\n[1]: javascript:alert(1)',
  '[^1]\n\n[^1]: <img src=x onerror=alert(1)> [x](javascript:alert(1))',
  '| a |\n| - |\n| <script>alert(1)</script> [x](javascript:alert(1)) |',
  '> <script>alert(1)</script>\n>\n> [x](javascript:alert(1))',
  '- <img src=x onerror=alert(1)>',
  '## <svg onload=alert(1)>',
  '`<script>alert(1)</script>`',
  '```html\n<script>alert(1)</script>\n```',
  '``` "onload="alert(1)\nx\n```',
  '\u003cscript\u003ealert(1)\u003c/script\u003e',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
];

/** The tags of HTML as our writer writes it: quoted attributes, everything else escaped. */
function tagsOf(html: string): { name: string; attributes: [string, string][] }[] {
  return [...html.matchAll(/<\/?([a-zA-Z][^\s/>]*)((?:"[^"]*"|[^">])*)>/g)].map(([, name = '', rest = '']) => ({
    name: name.toLowerCase(),
    attributes: [...rest.matchAll(/([^\s"=/]+)(?:="([^"]*)")?/g)].map(([, key = '', value = '']) => [
      key.toLowerCase(),
      value,
    ]),
  }));
}

function expectHarmless(html: string): void {
  for (const { name, attributes } of tagsOf(html)) {
    expect(name).not.toMatch(/^(?:script|style|iframe|object|embed|form|svg|math|link|meta|base|body|html)$/);
    for (const [key, value] of attributes) {
      expect(key).not.toMatch(/^(?:on|style|srcdoc|formaction|xlink)/);
      if (key === 'href' || key === 'src') expect(value).toMatch(/^(?:https?:\/\/|mailto:|#a-)/i);
    }
  }
  expect(html).not.toMatch(/<!--|<!\[/);
}

describe('as HTML, a text', () => {
  it.each(ATTACKS)('makes %j harmless', (attack) => {
    const html = safeHtml(`Avant.\n\n${attack}\n\nAprès.`);
    expectHarmless(html);
    expect(html.startsWith('<p>Avant.</p>')).toBe(true);
    expect(html).toContain('<p>Après.</p>');
  });

  it.each(ATTACKS)('makes %j harmless that stood in a page of HTML', (attack) => {
    let markdown: string;
    try {
      markdown = htmlToMarkdown(`<p>Avant.</p>${attack}<p>Après.</p>`);
    } catch (error) {
      expect(error).toBeInstanceOf(DocumentRefused);
      return;
    }
    expectHarmless(safeHtml(markdown));
  });

  it.each(['http://a.example/', 'https://a.example/?a=1&b=2', 'mailto:a@b.example'])('keeps a link to %s', (url) => {
    expect(safeHtml(`[x](${url})`)).toContain(`href="${url.replace('&', '&#x26;')}"`);
  });

  it.each([
    'ftp://a.example/',
    'irc://a.example/',
    'ircs://a.example/',
    'xmpp:a@b.example',
    'tel:1',
    'sms:1',
    'file:///x',
    'javascript:alert(1)',
    'data:text/html,x',
    '//a.example/',
    '\\\\a.example/',
    '/chemin',
    'chemin',
    '../chemin',
    '?a=1',
    'https:chemin',
    'http:',
    'https://',
    'https://[',
    '#',
    '#titre',
    '#a-fn-2',
    '',
  ])('takes the address %j out, and keeps the words', (url) => {
    for (const link of [`[mots](${url})`, `[mots][1]\n\n[1]: <${url}>\n\n`, `![mots](${url})`]) {
      const html = safeHtml(`${link} Note[^1].\n\n[^1]: Note.`);
      expect(html).toContain('mots');
      for (const { attributes } of tagsOf(html)) {
        for (const [key, value] of attributes) {
          if (key === 'href' || key === 'src') expect(value).toMatch(/^#a-fn(?:ref)?-1$/);
        }
      }
    }
  });

  it('shows no picture from a letter', () => {
    expect(safeHtml('![x](mailto:a@b.example)')).not.toContain('src');
  });

  it('shows code as code', () => {
    expect(safeHtml('`<b>`')).toBe('<p><code>&#x3C;b></code></p>');
  });

  it('writes headings, lists, quotes, tables and pictures', () => {
    const html = safeHtml('### A\n\n- b\n\n> c\n\n| d |\n| - |\n| e |\n\n![f](https://a.example/f.png)\n\n~~g~~');
    for (const tag of ['h3', 'ul', 'li', 'blockquote', 'table', 'td', 'img', 'del']) expect(html).toContain(`<${tag}`);
  });

  const idsOf = (html: string) => [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
  const targetsOf = (html: string) =>
    [...html.matchAll(/ (?:href="#|aria-describedby=")([^"]+)"/g)].map(([, id]) => id);
  const WITH_NOTES = 'Texte[^1], été[^é], encore[^1].\n\n[^1]: Note.\n\n[^é]: Autre.';

  it('leads from a note’s mark to the note and back', () => {
    const html = safeHtml(WITH_NOTES);
    expect(targetsOf(html)).toHaveLength(3 * 3);
    expect(idsOf(html)).toEqual(expect.arrayContaining(targetsOf(html)));
    expect(new Set(idsOf(html)).size).toBe(idsOf(html).length);
    for (const id of idsOf(html)) expect(id).toMatch(/^a-(?!a-)/);
  });

  it('shares no id with another text on the same page', () => {
    const ids = [...idsOf(safeHtml(WITH_NOTES, 'a-fr-')), ...idsOf(safeHtml(WITH_NOTES, 'a-en-'))];
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('names its notes in its own language', () => {
    expect(safeHtml('a[^1]\n\n[^1]: b')).toContain('aria-label="Retour au texte, note 1"');
    expect(safeHtml('a[^1]\n\n[^1]: b', 'a-', 'en-GB')).toContain('aria-label="Back to the text, note 1"');
  });
});

describe('as plain text, a text', () => {
  it.each([
    ['**Un** [lien](https://a.example) et `code`.', 'Un lien et code.'],
    ['Un.\n\nDeux.', 'Un.\n\nDeux.'],
    ['## Titre\n\nTexte &amp; suite\\_', 'Titre\n\nTexte & suite_'],
    ['a <script>x</script> b', 'a x b'],
    ['', ''],
    ['- un\n- deux\n  - trois\n\n    quatre\n\nAprès.', 'un\ndeux\ntrois\nquatre\n\nAprès.'],
    ['un  \ndeux\\\ntrois\nquatre', 'un\ndeux\ntrois\nquatre'],
    ['> un\n>\n> deux\n\ntrois', 'un\ndeux\n\ntrois'],
    ['| a | b |\n| - | - |\n| c |  |\n|  | d |', 'a\tb\nc\t\n\td'],
    ['```\n<b>\n  c\n```', '<b>\n  c'],
    ['![un phare](https://a.example/p.png) la nuit', 'un phare la nuit'],
    ['Un[^a].\n\n---\n\n[^a]: Deux.\n\n    Trois.', 'Un[a].\n\n[a] Deux.\nTrois.'],
    ['<div>x</div>\n\nUn.\n\n[b]: https://a.example', 'Un.'],
  ])('%j is %j', (markdown, plain) => {
    expect(plainText(markdown)).toBe(plain);
  });

  it.each([
    ['items of a list', '- un banc\n- deux tilleuls\n    1. le grand\n    2. le petit'],
    ['cells of a table', '| un banc | deux tilleuls |\n| - | - |\n| le grand | le petit |'],
    ['lines', 'un banc  \ndeux tilleuls\\\nle grand\nle petit'],
    ['paragraphs of a quote', '> un banc\n>\n> deux tilleuls\n>\n> le grand\n>\n> le petit'],
  ])('keeps the words of %s apart', (_what, markdown) => {
    expect(plainText(markdown).match(/\p{L}+/gu)).toEqual('un banc deux tilleuls le grand le petit'.split(' '));
  });
});

it.each([
  ['quotes in quotes', `${'>'.repeat(100)} x`],
  ['lists in lists', `${'- '.repeat(100)}x`],
])('%s as deep as documents may have them are written without a crash', (_what, markdown) => {
  expect(() => safeHtml(markdown)).not.toThrow(RangeError);
  expect(() => plainText(markdown)).not.toThrow(RangeError);
});
