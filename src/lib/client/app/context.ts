import { createContext } from 'svelte';
import type { App } from './app.svelte.ts';
import type { DeskState } from '../session/desk-state.ts';
import type { Session } from '../session/session.svelte.ts';

/** The running app. Throws outside the root layout. */
export const [getApp, setApp] = createContext<App>();

/** The open school. Throws where nobody has signed in: pages below `beheer/` have it. */
export const [getSession, setSession] = createContext<Session>();

/** What the desk keeps from page to page; below `beheer/`. */
export const [getDesk, setDesk] = createContext<DeskState>();
