/** The staff of the schools that benches make. */
export const benchStaff = {
	displayName: 'Miet Meter',
	userName: 'mmeter',
	password: 'drie rechte duimstokken'
} as const;
