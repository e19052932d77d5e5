{{/* Labels that never change; of (dict "root" $ "part" "gateway"), as all below. */}}
{{- define "unmask.selector" -}}
app.kubernetes.io/name: unmask
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .part }}
{{- end }}

{{- define "unmask.labels" -}}
{{ include "unmask.selector" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ .root.Chart.Name }}-{{ .root.Chart.Version }}
{{- end }}

{{- define "unmask.image" -}}
{{- $own := (get .root.Values .part).image -}}
{{- $image := .root.Values.image -}}
image: {{ printf "%s%s:%s" $image.registry $own.name (coalesce $own.tag $image.tag .root.Chart.AppVersion) | quote }}
imagePullPolicy: {{ $image.pullPolicy }}
{{- end }}

{{/* Settings as arguments, since of those an unknown one ends the start. Whole numbers stay whole. */}}
{{- define "unmask.settings" }}
{{- range $key, $value := (get .root.Values .part).settings }}
{{- if and (kindIs "float64" $value) (eq $value (floor $value)) }}{{ $value = int64 $value }}{{ end }}
- {{ printf "--%s=%v" $key $value | quote }}
{{- end }}
{{- if .root.Values.tls.enabled }}
- --unmask.tls.certificate=/etc/unmask/tls/tls.crt
- --unmask.tls.key=/etc/unmask/tls/tls.key
- --unmask.tls.trust=/etc/unmask/tls/ca.crt
{{- end }}
{{- end }}

{{- define "unmask.tlsSecret" -}}
{{- get .root.Values.tls (printf "%sSecret" .part) | default (printf "%s-%s-tls" .root.Release.Name .part) -}}
{{- end }}

{{/* What every pod has, beside its containers and volumes. */}}
{{- define "unmask.pod" -}}
{{- $own := get .root.Values .part -}}
securityContext:
  runAsNonRoot: true
  runAsUser: 10001
  runAsGroup: 10001
  fsGroup: 10001
  seccompProfile: {type: RuntimeDefault}
automountServiceAccountToken: false
# Otherwise the service of a release `unmask` would become environment that reads as settings.
enableServiceLinks: false
topologySpreadConstraints:
  - maxSkew: 1
    topologyKey: kubernetes.io/hostname
    whenUnsatisfiable: ScheduleAnyway
    labelSelector:
      matchLabels: {{- include "unmask.selector" . | nindent 8 }}
{{- with .root.Values.image.pullSecrets }}
imagePullSecrets: {{- range . }}
  - name: {{ . }}
{{- end }}
{{- end }}
{{- with $own.nodeSelector }}
nodeSelector: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $own.tolerations }}
tolerations: {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{- define "unmask.containerSecurity" -}}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities: {drop: [ALL]}
{{- end }}

{{/* Probes of "port"; a start may take "starts" times two seconds. A kubelet speaks no TLS. */}}
{{- define "unmask.probes" -}}
{{- $asked := ternary "tcpSocket" "grpc" .root.Values.tls.enabled -}}
startupProbe:
  {{ $asked }}: {port: {{ .port }}}
  periodSeconds: 2
  failureThreshold: {{ .starts }}
readinessProbe:
  {{ $asked }}: {port: {{ .port }}}
  periodSeconds: 5
livenessProbe:
  {{ $asked }}: {port: {{ .port }}}
  periodSeconds: 10
  failureThreshold: 6
{{- end }}

{{- define "unmask.mounts" -}}
- {name: tmp, mountPath: /tmp}
{{- if .root.Values.tls.enabled }}
- {name: tls, mountPath: /etc/unmask/tls, readOnly: true}
{{- end }}
{{- end }}

{{- define "unmask.volumes" -}}
- {name: tmp, emptyDir: {}}
{{- if .root.Values.tls.enabled }}
- name: tls
  secret: {secretName: {{ include "unmask.tlsSecret" . }}}
{{- end }}
{{- end }}

{{- define "unmask.disruption" -}}
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: {{ .root.Release.Name }}-{{ .part }}
  labels: {{- include "unmask.labels" . | nindent 4 }}
spec:
  # One at a time, a single one too: otherwise its node could never be drained.
  maxUnavailable: 1
  selector:
    matchLabels: {{- include "unmask.selector" . | nindent 6 }}
{{- end }}

{{/* Names of the cache-services' pods, which stay when addresses change. */}}
{{- define "unmask.caches" -}}
{{- $name := printf "%s-cache" .Release.Name -}}
{{- $caches := list -}}
{{- range $n := until (int .Values.cache.replicas) }}
{{- $caches = append $caches (printf "%s-%d.%s" $name $n $name) }}
{{- end }}
{{- toJson $caches -}}
{{- end }}
