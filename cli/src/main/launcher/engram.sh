#!/bin/sh
# The beginning of the executable "engram"; engram.jar follows the last line, and Java reads the file as a jar.
# Questions start from an archive of loaded classes, which the first question makes. Without a folder to keep it in,
# or with a Java that refuses it, everything works as with java -jar, only later.
case $0 in
*/*) folder=${0%/*} ;;
*) folder=. ;;
esac
self=$(cd "$folder" && pwd -P)/${0##*/}
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
java=$(command -v "$java") || {
  echo "engram: no Java found: install JDK 17 or newer, or say where it is with JAVA_HOME" >&2
  exit 127
}

case ${1-} in
# What runs long gains nothing, and wants the JVM's full speed.
attach | collect | demo | export | group | run | tail | top) exec "$java" -jar "$self" "$@" ;;
esac

archives=${XDG_CACHE_HOME:-${HOME:-/nonexistent}/.cache}/engram
# Another Java or another engram finds no archive of this name.
archive=$archives/$(ls -lL "$self" "$java" | cksum | tr ' ' -).jsa
quick='-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xlog:disable -Xlog:all=error:stderr'
# It is read by the JVM as it is, so that it has to be the user's own.
if [ -f "$archive" ] && [ -O "$archive" ]; then
  exec "$java" $quick -XX:SharedArchiveFile="$archive" -jar "$self" "$@"
fi
# A JVM that finds no room for its archive ends with a code of its own in place of the question's.
room() { [ "$(df -Pk "$archives" 2>/dev/null | awk 'END { print $4 }')" -gt 65536 ] 2>/dev/null; }
if ! (umask 077 && mkdir -p "$archives") 2>/dev/null || ! [ -w "$archives" ] || ! room; then
  exec "$java" $quick -jar "$self" "$@"
fi

unfinished=$archive.$$
trap 'rm -f "$unfinished" "$unfinished.classes"' EXIT
"$java" $quick -XX:DumpLoadedClassList="$unfinished.classes" -jar "$self" "$@"
code=$?
# One that a question makes at its own end would lack picocli, whose class files are too old for it.
"$java" -Xshare:dump -XX:+UseG1GC -XX:SharedClassListFile="$unfinished.classes" -XX:SharedArchiveFile="$unfinished" \
  -cp "$self" >/dev/null 2>&1
find "$archives" -name '*.jsa*' -mtime +30 -exec rm -f {} + 2>/dev/null
# One that is not whole would crash the JVM that reads it.
if "$java" -Xshare:on -XX:+VerifySharedSpaces -XX:SharedArchiveFile="$unfinished" -cp "$self" -version >/dev/null 2>&1
then
  mv -f "$unfinished" "$archive"
fi
exit $code
