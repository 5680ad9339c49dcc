import { canonicalLanguageTag, type LanguageTag } from '../../common/language-tag.js';
import { isPossibleDate, type PartialDate, toPartialDate } from '../../common/partial-date.js';
import type { WxrElement } from './wxr-elements.js';

/** A post of WordPress, as the elements of its item tell it. */
export class WxrItem {
  constructor(readonly element: WxrElement) {}

  /** The item's own element of this name that says something, or null. */
  find(name: string): WxrElement | null {
    return this.element.children.find((child) => child.name === name && child.value.trim() !== '') ?? null;
  }

  /** The terms of a taxonomy that the post is filed under: `category`, `post_tag`, Polylang's `language`. */
  terms(domain: string): WxrElement[] {
    return this.element.children.filter((child) => child.name === 'category' && child.attributes.domain === domain);
  }

  /** The value of a custom field, or null. */
  meta(key: string): WxrElement | null {
    for (const { name, children } of this.element.children) {
      if (name !== 'wp:postmeta' || children.find((child) => child.name === 'wp:meta_key')?.value.trim() !== key)
        continue;
      return children.find((child) => child.name === 'wp:meta_value') ?? null;
    }
    return null;
  }

  /** The language that the post says it is in: by Polylang, by WPML's export, or by an element of its own. */
  language(): { readonly tag: LanguageTag; readonly element: WxrElement } | null {
    const stated = [
      ...this.terms('language').map((element) => ({ element, label: element.attributes.nicename ?? '' })),
      ...[this.meta('_wpml_import_language_code'), this.find('dc:language'), this.find('language')].flatMap(
        (element) => (element === null ? [] : [{ element, label: element.value }]),
      ),
    ];
    for (const { element, label } of stated) {
      const tag = canonicalLanguageTag(label.trim().replaceAll('_', '-'));
      if (tag !== null) return { tag, element };
    }
    return null;
  }

  /**
   * The site's own day of the post; drafts have none, and tell the day of their last change. Null where neither is told.
   * Of a day that the calendar does not have, the date is null.
   */
  day(): { readonly element: WxrElement; readonly date: PartialDate | null } | null {
    for (const name of ['wp:post_date', 'wp:post_modified']) {
      const element = this.find(name);
      const [, year, month, day] = /^\s*(\d{4})-(\d{2})-(\d{2})(?:\s|$)/.exec(element?.value ?? '') ?? [];
      if (element === null || year === undefined || year === '0000') continue;
      const parts = { year: Number(year), month: Number(month), day: Number(day) };
      return { element, date: isPossibleDate(parts) ? toPartialDate(parts) : null };
    }
    return null;
  }

  /** Why readers of the site itself do not see the post, or null. */
  whyUnpublished(): { readonly reason: string; readonly element: WxrElement | null } | null {
    const password = this.find('wp:post_password');
    if (password !== null) return { reason: 'it is behind a password', element: password };
    const status = this.find('wp:status');
    const state = status?.value.trim() ?? 'publish';
    return state === 'publish' ? null : { reason: `its status is “${state}”`, element: status };
  }
}
