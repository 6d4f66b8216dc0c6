using System.Collections;

namespace TiersLieux.Market.Domain.Capacity;

/// <summary>
/// The free stretches of a resource in whole minutes, about four bytes each, so that a year of 35 000 calendars fits in memory
/// and a search runs over arrays. Stretches lie in blocks; each block knows its longest stretch and its longest run (stretches
/// between which the resource is only closed), so that blocks which cannot hold a piece of work are passed over at once.
/// Immutable. Part of a minute at either end of a stretch is left out.
/// </summary>
public sealed class FreeCalendar : IReadOnlyList<FreeInterval>
{
    internal const int PiecesPerBlock = 32;

    /// <summary>A piece that begins or lasts longer than this after the start of its block is another block, or several pieces that touch.</summary>
    private const int Reach = ushort.MaxValue;
    private const int LongestPiece = 0x7FFF;
    private const ushort GoesOn = 0x8000;

    private static readonly DateTime Epoch = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>Per piece: start in minutes after that of its block; length, and whether work may wait on the machine at its end.</summary>
    private readonly ushort[] _pieces;
    private readonly Block[] _blocks;

    private FreeCalendar(ushort[] pieces, Block[] blocks, int count)
    {
        (_pieces, _blocks, Count) = (pieces, blocks, count);
        foreach (var block in blocks)
        {
            LongestRun = Math.Max(LongestRun, block.LongestRun);
            LongestStretch = Math.Max(LongestStretch, block.LongestStretch);
        }
    }

    public static FreeCalendar Empty { get; } = new([], [], 0);

    /// <summary>Number of stretches.</summary>
    public int Count { get; }

    /// <summary>Free minutes of the longest run.</summary>
    public int LongestRun { get; }

    /// <summary>Minutes of the longest stretch.</summary>
    public int LongestStretch { get; }

    /// <summary>Walks from the beginning: enumerate instead where all are wanted.</summary>
    public FreeInterval this[int index] => this.Skip(index).First();

    /// <param name="free">Sorted and disjoint, as <see cref="FreeTime.Of"/> gives them.</param>
    public static FreeCalendar Of(IEnumerable<FreeInterval> free)
    {
        var stretches = new List<(int Start, int End, bool GoesOn)>();
        foreach (var stretch in free)
        {
            var (start, end) = (Ceiling(stretch.Start), Floor(stretch.End));
            if (start < end) stretches.Add((start, end, stretch.ContinuesAfterClosing));
            // Work could not have waited through a stretch that is gone unless it could on both sides of it.
            else if (stretches.Count > 0 && !stretch.ContinuesAfterClosing) stretches[^1] = stretches[^1] with { GoesOn = false };
        }

        return stretches.Count == 0 ? Empty : new Builder(stretches).Build();
    }

    /// <summary>Minutes since the epoch of all calendars, an instant within a minute counting as the next one.</summary>
    internal static int Ceiling(DateTime instant) => Minutes((instant - Epoch).Ticks + TimeSpan.TicksPerMinute - 1);

    /// <summary>The same, counting as the one before.</summary>
    internal static int Floor(DateTime instant) => Minutes((instant - Epoch).Ticks);

    public IEnumerator<FreeInterval> GetEnumerator()
    {
        var walk = From(int.MinValue);
        while (walk.MoveNext(0, 0)) yield return new FreeInterval(Epoch.AddMinutes(walk.Start), Epoch.AddMinutes(walk.End), walk.GoesOn);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Walks through the stretches that end after a minute of the calendars' epoch.</summary>
    internal Walk From(int minute) => new(this, minute);

    private static int Minutes(long ticks) => (int)Math.Clamp(Math.DivRem(ticks, TimeSpan.TicksPerMinute).Quotient, int.MinValue / 4, int.MaxValue / 4);

    /// <param name="Start">Minute since the epoch.</param>
    /// <param name="First">Index of its first piece.</param>
    /// <param name="LongestRun">The most free minutes that a run offers from one of its stretches on.</param>
    private readonly record struct Block(int Start, int First, int LongestRun, int LongestStretch);

    /// <summary>A position in the calendar; takes no memory besides itself.</summary>
    internal struct Walk
    {
        private readonly FreeCalendar _calendar;
        private int _block;
        private int _piece;

        internal Walk(FreeCalendar calendar, int minute)
        {
            _calendar = calendar;
            var blocks = calendar._blocks;
            var (low, high) = (0, blocks.Length);
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (blocks[middle].Start <= minute) low = middle + 1;
                else high = middle;
            }

            _block = Math.Max(0, low - 1);
            _piece = blocks.Length == 0 ? 0 : blocks[_block].First;
            while (_block < blocks.Length)
            {
                var (start, length, _) = Piece();
                if (start + length > minute) break;
                Next();
            }
        }

        public int Start { get; private set; }

        public int End { get; private set; }

        /// <summary>Whether the resource is only closed between this stretch and the next.</summary>
        public bool GoesOn { get; private set; }

        /// <summary>Whether stretches were passed over to come here.</summary>
        public bool Jumped { get; private set; }

        /// <param name="run">Blocks without a run of so many minutes are passed over.</param>
        /// <param name="stretch">So are those without a stretch of so many minutes.</param>
        public bool MoveNext(int run, int stretch)
        {
            var (pieces, blocks) = (_calendar._pieces, _calendar._blocks);
            Jumped = false;
            while (_block < blocks.Length && (blocks[_block].LongestRun < run || blocks[_block].LongestStretch < stretch))
            {
                _block++;
                _piece = _block < blocks.Length ? blocks[_block].First : pieces.Length / 2;
                Jumped = true;
            }

            if (_block >= blocks.Length) return false;
            (Start, var length, GoesOn) = Piece();
            End = Start + length;
            Next();
            // Long stretches are written as several that touch.
            while (GoesOn && _block < blocks.Length)
            {
                var (start, more, goesOn) = Piece();
                if (start != End) break;
                (End, GoesOn) = (start + more, goesOn);
                Next();
            }

            return true;
        }

        private readonly (int Start, int Length, bool GoesOn) Piece()
        {
            var (offset, length) = (_calendar._pieces[2 * _piece], _calendar._pieces[2 * _piece + 1]);
            return (_calendar._blocks[_block].Start + offset, length & LongestPiece, (length & FreeCalendar.GoesOn) != 0);
        }

        private void Next()
        {
            _piece++;
            if (_block + 1 < _calendar._blocks.Length ? _piece >= _calendar._blocks[_block + 1].First : 2 * _piece >= _calendar._pieces.Length) _block++;
        }
    }

    private sealed class Builder(List<(int Start, int End, bool GoesOn)> stretches)
    {
        private readonly List<ushort> _pieces = new(stretches.Count * 2);
        private readonly List<Block> _blocks = [];

        public FreeCalendar Build()
        {
            var runs = Runs();
            for (var i = 0; i < stretches.Count; i++)
            {
                var (start, end, goesOn) = stretches[i];
                for (var at = start; at < end;)
                {
                    var length = Math.Min(end - at, LongestPiece);
                    Add(at, length, goesOn || at + length < end, runs[i] - (at - start), end - at);
                    at += length;
                }
            }

            return new FreeCalendar([.. _pieces], [.. _blocks], stretches.Count);
        }

        private void Add(int start, int length, bool goesOn, int run, int stretch)
        {
            var pieces = _pieces.Count / 2;
            if (_blocks.Count == 0 || pieces - _blocks[^1].First >= PiecesPerBlock || start - _blocks[^1].Start > Reach) _blocks.Add(new Block(start, pieces, 0, 0));
            var block = _blocks[^1];
            _blocks[^1] = block with { LongestRun = Math.Max(block.LongestRun, run), LongestStretch = Math.Max(block.LongestStretch, stretch) };
            _pieces.Add((ushort)(start - block.Start));
            _pieces.Add((ushort)(length | (goesOn ? GoesOn : 0)));
        }

        /// <summary>Free minutes from each stretch on to the end of its run.</summary>
        private int[] Runs()
        {
            var runs = new int[stretches.Count];
            for (var i = stretches.Count - 1; i >= 0; i--)
            {
                var (start, end, goesOn) = stretches[i];
                runs[i] = end - start + (goesOn && i + 1 < stretches.Count ? runs[i + 1] : 0);
            }

            return runs;
        }
    }
}
