import abandon from '../../examples/desk/abandon.graphql';
import approve from '../../examples/desk/approve.graphql';
import articleAtTheDesk from '../../examples/desk/article-at-the-desk.graphql';
import assign from '../../examples/desk/assign.graphql';
import auditTrail from '../../examples/desk/audit-trail.graphql';
import bringUpToDate from '../../examples/desk/bring-up-to-date.graphql';
import callOff from '../../examples/desk/call-off.graphql';
import claim from '../../examples/desk/claim.graphql';
import complete from '../../examples/desk/complete.graphql';
import correct from '../../examples/desk/correct.graphql';
import diff from '../../examples/desk/diff.graphql';
import editCredits from '../../examples/desk/edit-credits.graphql';
import figures from '../../examples/desk/figures.graphql';
import findings from '../../examples/desk/findings.graphql';
import makeAccount from '../../examples/desk/make-account.graphql';
import makeToken from '../../examples/desk/make-token.graphql';
import myQueue from '../../examples/desk/my-queue.graphql';
import note from '../../examples/desk/note.graphql';
import outdatedFrench from '../../examples/desk/outdated-french.graphql';
import preview from '../../examples/desk/preview.graphql';
import publish from '../../examples/desk/publish.graphql';
import reinstate from '../../examples/desk/reinstate.graphql';
import resolveNote from '../../examples/desk/resolve-note.graphql';
import restore from '../../examples/desk/restore.graphql';
import review from '../../examples/desk/review.graphql';
import revisions from '../../examples/desk/revisions.graphql';
import revokeWaiver from '../../examples/desk/revoke-waiver.graphql';
import saveRevision from '../../examples/desk/save-revision.graphql';
import schedule from '../../examples/desk/schedule.graphql';
import sendBack from '../../examples/desk/send-back.graphql';
import startTranslation from '../../examples/desk/start-translation.graphql';
import translationSheet from '../../examples/desk/translation-sheet.graphql';
import unpublish from '../../examples/desk/unpublish.graphql';
import waive from '../../examples/desk/waive.graphql';
import withdraw from '../../examples/desk/withdraw.graphql';
import writeArticle from '../../examples/desk/write-article.graphql';
import write from '../../examples/desk/write.graphql';

/** What is done at the desk, job by job, in the order of the work: one operation each. */
export const DESK_EXAMPLES: readonly (readonly [string, readonly string[]])[] = [
  ['What there is to do', [myQueue, outdatedFrench, findings, figures]],
  ['Look', [articleAtTheDesk, translationSheet, preview, revisions, diff]],
  ['Write', [writeArticle, editCredits, startTranslation, write, saveRevision, bringUpToDate, restore, abandon]],
  ['Decide', [complete, review, approve, sendBack, waive, revokeWaiver]],
  ['Publish', [publish, schedule, callOff, correct, unpublish, withdraw, reinstate]],
  ['Work together', [claim, assign, note, resolveNote]],
  ['Administer', [auditTrail, makeAccount, makeToken]],
];
