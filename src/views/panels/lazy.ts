// The panels that the first view does without, as one part that is loaded when the first of them is wanted.
import { ClientsPanel } from '../clients/ClientsPanel.tsx'
import { MessagePanel } from '../inspector/MessagePanel.tsx'
import { ServerPanel } from '../inspector/ServerPanel.tsx'
import { WhatComesNext } from '../next/WhatComesNext.tsx'
import { SafetyPanel } from '../safety/SafetyPanel.tsx'

export { ClientsPanel, MessagePanel, SafetyPanel, ServerPanel, WhatComesNext }
