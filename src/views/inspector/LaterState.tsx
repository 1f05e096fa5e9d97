import type { ReactNode } from 'react'
import { type Micros, nameOf, type ServerId } from '../../base/ids.ts'
import { isVoter, majorityOf } from '../../raft/configuration.ts'
import type { Frame, OfficeFrame, ServerFrame } from '../../worker/protocol.ts'
import { durationText, termColor } from '../kit/format.ts'
import { Countdown, Elapsed } from '../panels/Countdown.tsx'
import { setText } from '../stage/members.ts'
import { Field } from './Field.tsx'
import { teacherOf } from './teacher.ts'

/** What the log stands on, and what is on its way to its place (§7). Nothing where there is neither. */
export function SnapshotState({ server: { snapshot, incoming } }: { server: ServerFrame }) {
  if (snapshot === null && incoming === null) return null
  return (
    <section>
      <h3>
        Snapshot{' '}
        <small>
          {snapshot === null
            ? 'in memory: only a whole one is kept'
            : 'on disk, in place of the entries up to its last'}
        </small>
      </h3>
      <dl className="inspector-fields">
        {snapshot !== null && (
          <>
            <Field name="lastIncludedIndex">{snapshot.lastIncludedIndex}</Field>
            <Field name="lastIncludedTerm">
              <b style={{ color: termColor(snapshot.lastIncludedTerm) }}>{snapshot.lastIncludedTerm}</b>
            </Field>
            <Field name="size">{snapshot.bytes} B</Field>
            <Field name="store">
              {snapshot.store.length === 0
                ? 'empty'
                : snapshot.store.map(([key, value]) => `${key} = ${value}`).join(', ')}
            </Field>
            <Field name="sessions">{snapshot.sessions}</Field>
            <Field name="voters">{setText(snapshot.voters)}</Field>
          </>
        )}
        {incoming !== null && (
          <Field name="received">
            {incoming.received} of {incoming.bytes} B
            <small>of the leader’s, up to entry {incoming.lastIncludedIndex}</small>
          </Field>
        )}
      </dl>
    </section>
  )
}

/** What is in memory and not on the disk (D 10.2.1). */
export function WritingState({ server }: { server: ServerFrame }) {
  const { writing, state, lastIndex } = server
  if (writing === null) return null
  const { until, durableIndex, durableTerm, held } = writing
  return (
    <section>
      <h3>
        Being written to disk <small>a crash now takes it away</small>
      </h3>
      <dl className="inspector-fields">
        <Field name="done in">{state === 'up' ? <Countdown at={until} /> : 'stands still'}</Field>
        <Field name="log on disk">
          up to {durableIndex}
          <small>of {lastIndex}</small>
        </Field>
        <Field name="term on disk">{durableTerm}</Field>
        <Field name="held">
          {held}
          <small>{held === 1 ? 'message that waits' : 'messages that wait'} for it</small>
        </Field>
      </dl>
    </section>
  )
}

/** The cluster as this server knows it (§6); nothing as long as it is what the cluster was set up as. */
export function MembersState({ frame, server }: { frame: Frame; server: ServerFrame }) {
  const { members, office, id } = server
  const { index, voters, next, committed } = members
  const teacher = teacherOf(frame, id)
  const isFirst = index === 0 && voters.length === frame.servers.length
  if (isFirst && office?.change == null) return null
  const source = voters.length === 0 ? 'no entry has told it yet' : 'as set up'
  const change = office?.change ?? null
  return (
    <section>
      <h3>
        Members{' '}
        <small>
          {index === 0 ? source : `by entry ${index}, ${committed ? 'committed' : 'not committed yet'}`}
          {next !== null && '; a majority of C-old and one of C-new decide together'}
        </small>
      </h3>
      <dl className="inspector-fields">
        {voters.length === 0 ? (
          <Field name="voters">none known</Field>
        ) : (
          <SetField name={next === null ? 'voters' : 'C-old'} set={voters} />
        )}
        {next !== null && <SetField name="C-new" set={next} />}
        <Field name="its own vote">{ownVote(isVoter(members, id), teacher !== null)}</Field>
        {teacher !== null && (
          <Field name="learns from">
            {nameOf(teacher.id)}
            <small>
              round {teacher.round}, up to entry {teacher.upTo}
            </small>
          </Field>
        )}
        {change !== null && (
          <>
            <Field name="learners">
              {setText(change.learners)}
              <small>round {change.round}</small>
            </Field>
            <Field name="round ends at">entry {change.upTo}</Field>
            <Field name="target">{setText(change.target)}</Field>
            <Field name="given up in">
              <Until at={change.due} server={server} />
            </Field>
          </>
        )}
      </dl>
    </section>
  )
}

function ownVote(counts: boolean, learns: boolean): string {
  if (counts) return 'counts'
  return learns ? 'none yet' : 'none: not a member'
}

const SetField = ({ name, set }: { name: string; set: readonly ServerId[] }) => (
  <Field name={name}>
    {setText(set)}
    <small>
      majority {majorityOf(set)} of {set.length}
    </small>
  </Field>
)

/** What a leader does beside replication: its lease, its look for a majority, the handing over, batches. */
export function OfficeState({ server }: { server: ServerFrame }) {
  const { office } = server
  if (office === null || server.state === 'down') return null
  const fields = officeFields(office, server)
  if (fields.length === 0 && office.reads.length === 0) return null
  return (
    <section>
      <h3>
        In office <small>volatile, only of a leader</small>
      </h3>
      <dl className="inspector-fields">
        {fields.map(([name, value]) => (
          <Field key={name} name={name}>
            {value}
          </Field>
        ))}
        {office.reads.map(({ client, serial, key, index }) => (
          <Field key={`${client} ${serial}`} name={`get ${key}`}>
            {index === null ? 'held' : `readIndex ${index}`}
            <small>
              {index === null
                ? 'until an entry of its own term is committed'
                : `for ${nameOf(client)}, until ${majorityWords(server)} answers`}
            </small>
          </Field>
        ))}
      </dl>
    </section>
  )
}

/** In joint consensus it takes a majority of either set (§6). */
const majorityWords = ({ members }: ServerFrame): string =>
  members.next === null ? 'a majority' : 'a majority of C-old and one of C-new'

function officeFields(office: OfficeFrame, server: ServerFrame): [string, ReactNode][] {
  const { transfer, leaseUntil, quorumDue, batchDue, batchFrom } = office
  const fields: [string, ReactNode][] = []
  const until = (at: Micros) => <Until at={at} server={server} />
  if (leaseUntil !== null) fields.push(['lease left', until(leaseUntil)])
  if (quorumDue !== Infinity) fields.push(['CheckQuorum in', until(quorumDue)])
  if (batchDue !== Infinity) {
    const collected = server.lastIndex - batchFrom + 1
    fields.push([
      'batch',
      <>
        {collected}
        <small>
          {collected === 1 ? 'entry, which goes' : 'entries, which go'} out in {until(batchDue)}
        </small>
      </>,
    ])
  }
  if (transfer !== null) {
    const what = transfer.told ? 'TimeoutNow is out' : 'its log is brought up to date first'
    fields.push([
      'hands over to',
      <>
        {nameOf(transfer.to)}
        <small>{what}; new commands are held off</small>
      </>,
    ])
    fields.push(['given up in', until(transfer.due)])
  }
  return fields
}

const Until = ({ at, server: { state } }: { at: Micros; server: ServerFrame }) =>
  state === 'up' ? <Countdown at={at} /> : 'stands still'

/** When it last heard from a leader: for an election timeout from then it helps nobody to depose it (D 4.2.3, 9.6). */
export function LeaderHeard({ frame, server }: { frame: Frame; server: ServerFrame }) {
  const { preVote, checkQuorum, reads } = frame.settings
  const { heardAt, role, state } = server
  const matters = preVote || checkQuorum || reads === 'lease'
  if (!matters || role === 'leader' || state === 'down' || heardAt < 0) return null
  return (
    <Field name="leader heard">
      <Elapsed at={heardAt} />
      <small>ago; for {durationText(frame.settings.electionTimeoutMin)} it helps nobody to depose it</small>
    </Field>
  )
}

/** Client sessions, a part of the replicated state (D 6.3). */
export function SessionsState({ server: { sessions } }: { server: ServerFrame }) {
  if (sessions.length === 0) return null
  return (
    <section>
      <h3>
        Sessions <small>the same on every server that has applied as much</small>
      </h3>
      <dl className="inspector-fields">
        {sessions.map(({ session, client, usedAt, answers }) => (
          <Field key={session} name={`session ${session}`}>
            {nameOf(client)}
            <small>
              last used by entry {usedAt}; answers kept:{' '}
              {answers.length === 0 ? 'none' : answers.map((serial) => `#${serial}`).join(' ')}
            </small>
          </Field>
        ))}
      </dl>
    </section>
  )
}
