/**
 * Branded numbers. They cost nothing at run time and keep a term from being passed as an index.
 */
declare const brand: unique symbol
type Branded<Name extends string> = number & { readonly [brand]: Name }

/** A Raft term (§5.1): 0 before the first election, then rising. */
export type Term = Branded<'Term'>
/** A place in a log (§5.3): the first entry has index 1; 0 means "before the first". */
export type LogIndex = Branded<'LogIndex'>
/** A server: 1 for S1 … 9 for S9. */
export type ServerId = Branded<'ServerId'>
/** A client: 11 for C1, 12 for C2: clients and servers share one space of addresses. */
export type ClientId = Branded<'ClientId'>
/** Whoever can send or receive a message. */
export type Address = ServerId | ClientId
/** Simulated time or a length of it, in whole microseconds. */
export type Micros = Branded<'Micros'>

export const term = (n: number): Term => n as Term
export const logIndex = (n: number): LogIndex => n as LogIndex
export const serverId = (n: number): ServerId => n as ServerId
export const clientId = (n: number): ClientId => n as ClientId
export const micros = (n: number): Micros => n as Micros
/** Milliseconds as microseconds, rounded to whole ones. */
export const millis = (n: number): Micros => Math.round(n * 1000) as Micros

/** The largest cluster; clients' addresses begin above it. */
export const MOST_SERVERS = 9
const FIRST_CLIENT = 11
/** The most copies a message can have beside itself. */
export const MOST_COPIES = 31

export const isServer = (address: Address): address is ServerId => address <= MOST_SERVERS

/** `S3` or `C1`. */
export function nameOf(address: Address): string {
  return isServer(address) ? `S${address}` : `C${address - FIRST_CLIENT + 1}`
}

/** A time that never comes. */
export const NEVER = Infinity as Micros
