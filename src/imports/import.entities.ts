import { ImportItemEntity, ImportRunEntity } from './import-run.entity.js';
import { PendingReissueEntity } from './pending-reissue.entity.js';

/** The tables of imports: known to the database from the start, whenever what works with them is loaded. */
export const IMPORT_ENTITIES = [ImportRunEntity, ImportItemEntity, PendingReissueEntity];
