/** So many servers, as the stage puts them: in a circle, the first at the top. */
export function Ring({ servers }: { servers: number }) {
  const places = Array.from({ length: servers }, (_, i) => (i / servers - 0.25) * 2 * Math.PI)
  const radius = servers === 1 ? 0 : 9
  return (
    <svg className="ring" viewBox="-13 -13 26 26" aria-hidden="true">
      {servers > 1 && <circle className="ring-line" r={radius} />}
      {places.map((angle) => (
        <circle
          key={angle}
          cx={radius * Math.cos(angle)}
          cy={radius * Math.sin(angle)}
          r={servers > 6 ? 2.4 : 3}
        />
      ))}
    </svg>
  )
}
