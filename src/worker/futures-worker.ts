import { type FuturesJob, FuturesSession } from './futures-session.ts'

const session = new FuturesSession()

self.onmessage = ({ data }: MessageEvent<FuturesJob>) => self.postMessage(session.do(data))
