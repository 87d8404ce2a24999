import type { QueryResponse } from '@azure/arm-resourcegraph';
import { SourceFailure } from '../source-failure.ts';
import type { GraphRow } from './graph-rows.ts';

/**
 * Reads the rows of all pages. Resource Graph finds the next page by counting rows: where some came or went meanwhile,
 * others are left out. Then the rows are of no use: rejects with a `SourceFailure`.
 */
export async function allRows(ask: (skipToken: string | undefined) => Promise<QueryResponse>): Promise<GraphRow[]> {
  const rows = new Map<unknown, GraphRow>();
  let total: number | undefined;
  let skipToken: string | undefined;
  do {
    const page = await ask(skipToken);
    for (const row of rowsOf(page)) rows.set(row.id, row);
    total ??= page.totalRecords;
    if (page.totalRecords !== total) throw invalid('Resource groups came or went while Resource Graph was read.');
    skipToken = nextPage(page);
  } while (skipToken !== undefined);
  if (rows.size !== total) throw invalid(`Resource Graph tells of ${total} rows, and has ${rows.size}.`);
  return [...rows.values()];
}

function rowsOf({ data }: { data: unknown }): GraphRow[] {
  if (Array.isArray(data) && data.every((row) => typeof row === 'object' && row !== null)) return data;
  throw invalid('The answer of Resource Graph has no rows.');
}

function nextPage({ skipToken, resultTruncated }: QueryResponse): string | undefined {
  if (typeof skipToken === 'string' && skipToken !== '') return skipToken;
  if (resultTruncated !== 'true') return undefined;
  throw invalid('Resource Graph has more rows and does not say where.');
}

function invalid(message: string): SourceFailure {
  return new SourceFailure('invalid-answer', message);
}
