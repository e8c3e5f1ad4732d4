import { createContext } from 'svelte';
import type { App } from './app.svelte.ts';

/** The running app. Throws outside the root layout. */
export const [getApp, setApp] = createContext<App>();
