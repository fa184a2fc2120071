import type { HallBridge } from '@contract/bridge'

/** The bridge of a window of the hall; absent only when the page is looked at outside the app. */
export const hallBridge: HallBridge | undefined = window.motcuaHall
