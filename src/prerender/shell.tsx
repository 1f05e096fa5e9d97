import { renderToString } from 'react-dom/server'
import { App } from '../app/App.tsx'
import { firstFrame } from '../store/first-frame.ts'
import { app } from '../store/state.ts'

// Prints the page as it opens, in HTML: all but the cluster itself, whose place depends on the window.
app.setState({ frame: firstFrame(app.getState().scenario) })
process.stdout.write(renderToString(<App />))
