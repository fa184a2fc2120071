export { type AcceptanceDesk, type Assist, type AssistDeps, createAssist, type HelperDesk } from './assist'
