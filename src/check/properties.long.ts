// Registers the tests of properties.test.ts, which run twenty times as often here.
import './properties.test.ts'
