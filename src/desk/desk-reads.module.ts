import { Module } from '@nestjs/common';
import { DeskReads } from './desk-reads.js';

/** What answers of the desk are made of, for every room of it. */
@Module({ providers: [DeskReads], exports: [DeskReads] })
export class DeskReadsModule {}
