import { Module } from '@nestjs/common';
import { ContactsModule } from '../contacts/contacts.module.js';
import { RightsModule } from '../rights/rights.module.js';
import { SourcesModule } from '../sources/sources.module.js';
import { TaxonomyModule } from '../taxonomy/taxonomy.module.js';
import { ArticleWriter } from './write-articles.js';

/** What writes articles, for the desk too: it takes in no documents, and a server is without the rest of this room. */
@Module({
  imports: [ContactsModule, RightsModule, SourcesModule, TaxonomyModule],
  providers: [ArticleWriter],
  exports: [ArticleWriter],
})
export class ArticleWriterModule {}
