import type { LanguageTag } from '../../common/language-tag.js';

/** Somebody at the desk, as the others there see them. */
export interface ColleagueFacts {
  readonly id: string;
  readonly name: string;
  readonly isDisabled: boolean;
}

/** Whose task one language of an article is. */
export interface AssignmentFacts {
  readonly articleId: string;
  readonly language: LanguageTag;
  readonly assignee: ColleagueFacts;
  /** The assignee, where it was claimed. */
  readonly assignedBy: ColleagueFacts;
  readonly assignedAt: Date;
}

/** Who has a text before their eyes to write it. */
export interface TextLockFacts {
  readonly translationId: string;
  readonly holder: ColleagueFacts;
  readonly endsAt: Date;
}

/** What somebody tells the others. */
export interface NoteFacts {
  readonly id: string;
  readonly articleId: string;
  /** Null where it is of the article as a whole. */
  readonly language: LanguageTag | null;
  /** Null where it is of no passage. */
  readonly passage: { readonly blockId: string; readonly quote: string } | null;
  readonly body: string;
  readonly writtenBy: ColleagueFacts;
  readonly writtenAt: Date;
  readonly editedAt: Date | null;
  readonly resolvedBy: ColleagueFacts | null;
  readonly resolvedAt: Date | null;
}

/** The columns of an account `name` as one JSON value. */
export const colleague = (name: string): string =>
  `json_build_object('id', ${name}.id, 'name', ${name}.name, 'isDisabled', ${name}.disabled_at is not null)`;

/** Reads assignments `t`; what is asked of them follows. */
export const SELECT_ASSIGNMENTS = `
select t.article_id as "articleId", t.language, ${colleague('e')} as assignee, ${colleague('b')} as "assignedBy",
  t.assigned_at as "assignedAt"
from desk.translation_assignment t
join account.account e on e.id = t.assignee_id join account.account b on b.id = t.assigned_by_id`;

/** Reads locks `l`, also such as have ended; what is asked of them follows. */
export const SELECT_LOCKS = `
select l.translation_id as "translationId", ${colleague('h')} as holder, l.ends_at as "endsAt"
from desk.text_lock l join account.account h on h.id = l.holder_id`;

/** The columns of a note `n`, of those whom `NOTE_PEOPLE` joins. */
export const NOTE_COLUMNS = `n.id, n.article_id as "articleId", n.language, n.body,
  case when n.block_id is not null then json_build_object('blockId', n.block_id, 'quote', n.quote) end as passage,
  ${colleague('w')} as "writtenBy", n.written_at as "writtenAt", n.edited_at as "editedAt",
  case when r.id is not null then ${colleague('r')} end as "resolvedBy", n.resolved_at as "resolvedAt"`;

export const NOTE_PEOPLE = `
join account.account w on w.id = n.written_by_id left join account.account r on r.id = n.resolved_by_id`;
