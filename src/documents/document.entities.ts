import { DocumentEntity, DocumentPartEntity, DocumentReadingEntity } from './document.entity.js';
import { ArticleDocumentEntity, EvidenceEntity } from './provenance.entity.js';

/** The tables of documents: known to the database from the start, whenever what works with them is loaded. */
export const DOCUMENT_ENTITIES = [
  DocumentEntity,
  DocumentPartEntity,
  DocumentReadingEntity,
  ArticleDocumentEntity,
  EvidenceEntity,
];
