import { createContext } from 'svelte';
import type { DeskState } from './desk-state.ts';
import type { Session } from './session.svelte.ts';

/** The open school. Throws where nobody has signed in: pages within an area have it. */
export const [getSession, setSession] = createContext<Session>();

/** The state that the desk keeps from page to page; below `beheer/`. */
export const [getDesk, setDesk] = createContext<DeskState>();
