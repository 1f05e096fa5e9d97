import { applyPartition, chosenGroups, takeTool } from '../../store/deeds.ts'
import { useApp } from '../../store/state.ts'
import { Button } from '../kit/Button.tsx'

/** Says which groups have been clicked together, and cuts them apart. */
export function PartitionBox() {
  const groups = useApp((state) => state.groups)
  const chosen = chosenGroups(groups)
  const text =
    chosen === null
      ? 'Click servers into groups B and C.'
      : chosen.map((side) => side.map((id) => `S${id}`).join(' ')).join(' | ')
  return (
    <div className="tools-help">
      <span>{text}</span>
      <Button look="primary" small disabled={chosen === null} onClick={applyPartition}>
        Partition
      </Button>
      <Button small onClick={() => takeTool('partition')}>
        Cancel
      </Button>
    </div>
  )
}
