import type { Component } from 'svelte';

/** The properties that every field takes. */
export interface FieldProps {
	label: string;
	/** For a link from the error summary; otherwise made up. */
	id?: string;
	hint?: string;
	/** The fault, and what to do about it. */
	error?: string | null;
	required?: boolean;
}

/** The attributes that tie a control to its label, hint and error. */
export interface FieldWiring {
	readonly id: string;
	readonly 'aria-describedby': string | undefined;
	readonly 'aria-invalid': 'true' | undefined;
	readonly 'aria-required': 'true' | undefined;
}

export interface Option<Value extends string> {
	readonly value: Value;
	readonly label: string;
}

export interface Choice<Value extends string> extends Option<Value> {
	readonly hint?: string;
	readonly icon?: Component;
	readonly disabled?: boolean;
}

/** One rule of a password, as shown while typing. */
export interface PasswordRule {
	readonly text: string;
	readonly met: boolean;
}

export interface FilterOption extends Option<string> {
	/** How many there are. */
	readonly count?: number;
}

export interface Filter {
	readonly key: string;
	readonly label: string;
	readonly options: readonly FilterOption[];
	/** Those chosen; none means all. */
	readonly values: readonly string[];
}
