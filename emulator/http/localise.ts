/** Platform messages in other languages: clients must match on codes, and the `localise` fault shows whether they do. */
const TRANSLATIONS: Record<string, Record<string, string>> = {
  es: {
    'Request Limit Exceeded!': '¡Se superó el límite de solicitudes!',
    'Invalid login attempt.': 'Intento de inicio de sesión no válido.',
    'Script Execution Usage Limit Exceeded': 'Se superó el límite de uso de ejecución del script',
    'Script Execution Time Exceeded.': 'Se superó el tiempo de ejecución del script.',
    'Record has been changed': 'Se ha cambiado el registro',
    'An unexpected error has occurred.': 'Se ha producido un error inesperado.',
  },
  de: {
    'Request Limit Exceeded!': 'Anfragelimit überschritten!',
    'Invalid login attempt.': 'Ungültiger Anmeldeversuch.',
    'Script Execution Usage Limit Exceeded': 'Nutzungslimit der Skriptausführung überschritten',
    'Script Execution Time Exceeded.': 'Ausführungszeit des Skripts überschritten.',
    'Record has been changed': 'Der Datensatz wurde geändert',
    'An unexpected error has occurred.': 'Ein unerwarteter Fehler ist aufgetreten.',
  },
  fr: {
    'Request Limit Exceeded!': 'Limite de requêtes dépassée !',
    'Invalid login attempt.': 'Tentative de connexion non valide.',
    'Script Execution Usage Limit Exceeded': "Limite d'utilisation de l'exécution du script dépassée",
    'Script Execution Time Exceeded.': "Durée d'exécution du script dépassée.",
    'Record has been changed': "L'enregistrement a été modifié",
    'An unexpected error has occurred.': "Une erreur inattendue s'est produite.",
  },
};

/** The message in that language; replaced wherever it stands, so the JSON inside a message changes too. Unknown languages change nothing. */
export function localise(message: string, language: string | undefined): string {
  const words = TRANSLATIONS[language?.slice(0, 2).toLowerCase() ?? ''] ?? {};
  return Object.entries(words).reduce((text, [english, other]) => text.replaceAll(english, other), message);
}
