import type { Component } from 'svelte';
import { describe, expect, it } from 'vitest';
import { currentItem, phoneItems, type NavItem } from './frame.ts';

const icon = (() => undefined) as unknown as Component;
const item = (href: string, secondary = false): NavItem => ({ href, label: href, icon, secondary });

describe('currentItem', () => {
	const items = [item('/beheer'), item('/beheer/leerid'), item('/beheer/import')];
	it('is the most specific address that the path lies under', () => {
		expect(currentItem(items, '/beheer/leerid/x')?.href).toBe('/beheer/leerid');
		expect(currentItem(items, '/beheer/anders')?.href).toBe('/beheer');
	});
	it('compares whole segments', () => {
		expect(currentItem([item('/beheer/leer')], '/beheer/leerid')).toBeUndefined();
	});
});

describe('phoneItems', () => {
	it('shows up to five places in the bar', () => {
		const items = ['/a', '/b', '/c', '/d', '/e'].map((href) => item(href));
		expect(phoneItems(items)).toEqual({ bar: items, more: [] });
	});
	it('keeps four and puts the rest, secondary ones last, under more', () => {
		const items = [item('/s', true), ...['/a', '/b', '/c', '/d', '/e'].map((href) => item(href))];
		const { bar, more } = phoneItems(items);
		expect(bar.map(({ href }) => href)).toEqual(['/a', '/b', '/c', '/d']);
		expect(more.map(({ href }) => href)).toEqual(['/e', '/s']);
	});
});
