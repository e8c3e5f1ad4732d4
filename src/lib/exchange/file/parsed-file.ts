import type { Roster } from '#lib/domain/import/roster.ts';
import type { ColumnMapping } from '../table/mapping.ts';
import type { LeftOut, Table } from '../table/table.ts';

/** What stands in the files that were dropped. Plain data: it can cross to another thread. */
export type ParsedFile =
	/** CSV and Excel: `rosterFromTables` makes a roster of it, with the mappings as they then are. */
	| {
			readonly kind: 'tables';
			readonly format: 'CSV' | 'Excel';
			readonly tables: readonly Table[];
			/** As recognised, one for each table. */
			readonly mappings: readonly ColumnMapping[];
	  }
	/** EDEXML and OneRoster say themselves what everything means. */
	| { readonly kind: 'roster'; readonly roster: Roster; readonly leftOut: readonly LeftOut[] };
