import * as v from 'valibot';
import type { ImportedRecord } from '#lib/domain/import/mutators.ts';
import { editOf } from './edit-shape.ts';
import { imported } from './record-shapes.ts';
import { id } from './shapes.ts';

const added = v.variant('kind', Object.values(imported) as [typeof imported.group]);

const edits = Object.values(imported).map((shape) =>
	v.strictObject({
		kind: shape.entries.kind,
		id,
		edit: editOf(shape as unknown as typeof imported.group)
	})
);

/** One record that an import adds or edits, by the shape of its kind. */
export const importedRecord = v.union([
	v.strictObject({ add: added }),
	v.variant('kind', edits)
]) as unknown as v.GenericSchema<unknown, ImportedRecord>;
