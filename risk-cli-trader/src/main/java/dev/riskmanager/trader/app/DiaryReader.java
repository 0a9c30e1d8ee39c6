package dev.riskmanager.trader.app;

import dev.riskmanager.trader.diary.Diary;
import dev.riskmanager.trader.diary.DiaryFile;
import dev.riskmanager.trader.diary.Shift;
import dev.riskmanager.trader.diary.WorkDay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The trader's diary as it is now, read again only when the file is another. For one thread. */
final class DiaryReader {
  private final DiaryFile file;
  private @Nullable Object seen;
  private Diary diary = Diary.EMPTY;
  private String problem = "";

  DiaryReader(DiaryFile file) {
    this.file = file;
  }

  /** What is wrong with it, empty when nothing is. */
  String problem() {
    look();
    return problem;
  }

  /** The shifts, the one that goes on with what it has made so far. */
  List<Shift> shifts(Instant now, List<WorkDay> today) {
    look();
    List<Shift> shifts = new ArrayList<>(diary.shifts());
    if (diary.atWork().isPresent() && !today.isEmpty()) {
      Shift sofar = diary.clockOut(now, today, "").shifts().getLast();
      shifts.set(
          shifts.size() - 1,
          new Shift(sofar.from(), null, sofar.trades(), sofar.realized(), sofar.note()));
    }
    return shifts;
  }

  private void look() {
    Object now = identity(file.path());
    if (now.equals(seen)) {
      return;
    }
    seen = now;
    try {
      diary = file.read();
      problem = "";
    } catch (IOException e) {
      diary = Diary.EMPTY;
      problem = String.valueOf(e.getMessage());
    }
  }

  /** The file is replaced as a whole: another one has another key, or at least another time. */
  private static Object identity(Path path) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      return List.of(
          String.valueOf(attributes.fileKey()), attributes.lastModifiedTime(), attributes.size());
    } catch (NoSuchFileException e) {
      return "none";
    } catch (IOException e) {
      return e.toString();
    }
  }
}
