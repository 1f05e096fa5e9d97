import type { LibraryEntry } from '../../scenario/library.ts'
import type { Scenario } from '../../scenario/scenario.ts'
import { openAnother } from '../../store/current.ts'
import { libraryGroups } from '../../store/library.ts'
import { app } from '../../store/state.ts'
import { closeDialog, DialogFrame } from './DialogFrame.tsx'
import { EarlierWork } from './EarlierWork.tsx'
import { NewCluster } from './NewCluster.tsx'
import { Ring } from './Ring.tsx'
import { ThisScenario } from './ThisScenario.tsx'
import './scenarios-dialog.css'

/** Opens a scenario and lets it run. */
function open(scenario: Scenario): void {
  closeDialog()
  void openAnother(scenario)
  app.setState({ playing: true })
}

/** Every way to a scenario: the library, a new cluster, a file, and what the viewer made before. */
export function ScenariosDialog() {
  return (
    <DialogFrame title="Scenarios" shape="wide">
      <div className="scenarios">
        <div className="scenarios-library">
          {libraryGroups.map(({ name, entries }) => (
            <section key={name} aria-label={name}>
              <h3>{name}</h3>
              <div className="scenarios-cards">
                {entries.map((entry) => (
                  <Card key={entry.id} entry={entry} />
                ))}
              </div>
            </section>
          ))}
        </div>
        <div className="scenarios-own">
          <NewCluster onStart={open} />
          <ThisScenario />
          <EarlierWork />
        </div>
      </div>
    </DialogFrame>
  )
}

function Card({ entry: { title, about, scenario, breaks } }: { entry: LibraryEntry }) {
  return (
    <button type="button" className="scenarios-card" onClick={() => open(scenario)}>
      <span className="scenarios-card-head">
        <Ring servers={scenario.servers} />
        <b>{title}</b>
      </span>
      <span>{about}</span>
      <span className="scenarios-card-foot">
        {scenario.servers === 1 ? 'One server' : `${scenario.servers} servers`}
        {breaks && ' · a promise of Raft is broken'}
      </span>
    </button>
  )
}
