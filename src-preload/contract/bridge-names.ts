/** The one IPC channel: the page's bridge hands the shell a message port; all else goes over that port. */
export const CONNECT_CHANNEL = 'motcua:connect'
/** The `kind` of the window message with which the port to the core arrives in the page. */
export const PORT_MESSAGE = 'motcua:port'
