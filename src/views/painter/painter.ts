import { useSyncExternalStore } from 'react'
import { sayMissing } from '../../store/state.ts'
import type { Orders, PainterMessage, Painting, PaintingKind } from './painting.ts'

/** What is needed of the painter's worker; the composition root makes the real one. */
export interface PainterPort {
  postMessage(message: PainterMessage, transfer?: Transferable[]): void
  addEventListener(kind: 'error', listener: () => void): void
}

/** A painting of a canvas, wherever it is painted. */
export interface Opened<Order> {
  take(order: Order, transfer?: Transferable[]): void
  close(): void
}

let make: (() => PainterPort) | null = null
let port: PainterPort | null = null
let lastId = 0
/** Rises when canvases have to be made anew: those lent to a worker that has failed are lost. */
let generation = 0
const listeners = new Set<() => void>()

/** Lets canvases be painted in a worker, which starts when the first is opened. */
export function paintElsewhere(start: () => PainterPort): void {
  if ('transferControlToOffscreen' in HTMLCanvasElement.prototype) make = start
}

/**
 * A painting for a canvas that has never been drawn on. Without a worker it is painted here, by the same code, which
 * then has to be loaded first.
 */
export function openPainting<Kind extends PaintingKind>(
  what: Kind,
  canvas: HTMLCanvasElement,
): Opened<Orders[Kind]> {
  if (painterAtWork() === null) return paintedHere(what, canvas)
  const id = ++lastId
  const surface = canvas.transferControlToOffscreen()
  post({ kind: 'open', id, what, surface }, [surface])
  return {
    take: (order, transfer = []) => post({ kind: 'order', id, order }, transfer),
    close: () => post({ kind: 'close', id }, []),
  }
}

/** What is to be sent when the present piece of work is done, and what goes over with it. */
let outgoing: PainterMessage[] = []
let transferred: Transferable[] = []

function post(message: PainterMessage, transfer: readonly Transferable[]): void {
  if (outgoing.length === 0) queueMicrotask(send)
  outgoing.push(message)
  transferred.push(...transfer)
}

function send(): void {
  port?.postMessage({ kind: 'all', messages: outgoing }, transferred)
  outgoing = []
  transferred = []
}

/** Another number when canvases have to be made anew. */
export const usePainterGeneration = (): number =>
  useSyncExternalStore(subscribe, currentGeneration, currentGeneration)

const currentGeneration = (): number => generation

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function painterAtWork(): PainterPort | null {
  if (port !== null || make === null) return port
  port = make()
  port.addEventListener('error', () => {
    make = null
    port = null
    generation++
    for (const listener of listeners) listener()
  })
  return port
}

function paintedHere<Kind extends PaintingKind>(what: Kind, canvas: HTMLCanvasElement): Opened<Orders[Kind]> {
  let painting: Painting<Orders[Kind]> | null = null
  const early: Orders[Kind][] = []
  void import('./paintings.ts').then(({ makePainting }) => {
    painting = makePainting(what, canvas)
    for (const order of early) painting.take(order)
    painting.paint()
  }, sayMissing)
  return {
    take: (order) => {
      if (painting === null) return void early.push(order)
      painting.take(order)
      painting.paint()
    },
    close: () => undefined,
  }
}
