{{- define "berth.name" -}}
{{- if contains "berth" .Release.Name }}{{ .Release.Name | trunc 50 | trimSuffix "-" }}{{ else }}{{ printf "%s-berth" (.Release.Name | trunc 44 | trimSuffix "-") }}{{ end }}-operator
{{- end }}

{{- /* Names of a cluster are shared by every release in it. */ -}}
{{- define "berth.clusterName" -}}
{{ .Release.Namespace }}-{{ include "berth.name" . }}
{{- end }}

{{- define "berth.serviceAccount" -}}
{{ .Values.serviceAccount.name | default (include "berth.name" .) }}
{{- end }}

{{- define "berth.image" -}}
{{- $images := .context.Values.images -}}
{{ $images.registry }}/{{ get $images .image }}:{{ $images.tag | default .context.Chart.AppVersion }}
{{- end }}

{{- define "berth.selector" -}}
app.kubernetes.io/name: berth-operator
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "berth.labels" -}}
{{ include "berth.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
app.kubernetes.io/part-of: berth
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end }}
