{{- define "speakers.labels" -}}
app.kubernetes.io/name: list-of-speakers
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
{{- end }}

{{- define "speakers.selector" -}}
app.kubernetes.io/name: list-of-speakers
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .part }}
{{- end }}

{{- define "speakers.image" -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end }}

{{- /* What each pod is held to: no rights, no root, nothing of the cluster. */ -}}
{{- define "speakers.pod" -}}
automountServiceAccountToken: false
securityContext:
  runAsNonRoot: true
  runAsUser: 10001
  runAsGroup: 10001
  fsGroup: 10001
  seccompProfile: {type: RuntimeDefault}
volumes:
  - name: tmp
    emptyDir: {}
  - name: secrets
    secret: {secretName: {{ .Values.secret }}, defaultMode: 0440}
  {{- with .Values.stateClaim }}
  - name: state
    persistentVolumeClaim: {claimName: {{ . }}}
  {{- end }}
{{- end }}

{{- /* What each container is held to, and its settings. `database` is the key of the secret that it connects by. */ -}}
{{- define "speakers.container" -}}
image: {{ .image | default (include "speakers.image" .root) }}
imagePullPolicy: {{ .root.Values.image.pullPolicy }}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities: {drop: [ALL]}
env:
  - {name: SITE_URL, value: "https://{{ .root.Values.host }}"}
  - {name: ALLOWED_HOSTS, value: {{ .root.Values.host | quote }}}
  - {name: SECURITY_CONTACT, value: {{ .root.Values.securityContact | quote }}}
  - {name: DATABASE_URL_FILE, value: /run/secrets/speakers/{{ .database | default "database-url" }}}
  - {name: REDIS_URL_FILE, value: /run/secrets/speakers/redis-url}
  - {name: EMAIL_URL_FILE, value: /run/secrets/speakers/email-url}
  - {name: SECRET_KEY_FILE, value: /run/secrets/speakers/secret-key}
  - {name: PROBE_SITE, value: "http://{{ .root.Release.Name }}-web:8000"}
  {{- if .root.Values.stateClaim }}
  - {name: VAR_DIR, value: /var/lib/speakers}
  {{- end }}
  {{- range $name, $value := .more }}
  - {name: {{ $name }}, value: {{ $value | quote }}}
  {{- end }}
  {{- range $name, $value := .root.Values.settings }}
  - {name: {{ $name }}, value: {{ $value | quote }}}
  {{- end }}
volumeMounts:
  {{- if .root.Values.stateClaim }}
  - {name: state, mountPath: /var/lib/speakers}
  {{- end }}
  - {name: tmp, mountPath: /tmp}
  - {name: secrets, mountPath: /run/secrets/speakers, readOnly: true}
{{- end }}

{{- define "speakers.probe" -}}
exec: {command: [python, deploy/probe.py, {{ . }}]}
timeoutSeconds: 15
{{- end }}
