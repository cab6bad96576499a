namespace CLSM.Directory.Api.Features.Changes;

/// <summary>A bounded number of places for requests that wait. They hold no thread and no database connection, but memory and a socket.</summary>
internal sealed class WaitingRoom(int places)
{
    public const int UsualPlaces = 1000;

    private int taken;

    /// <summary>How many wait at present.</summary>
    public int Taken => Volatile.Read(ref taken);

    /// <summary>A place, given back when it is disposed; null where all are taken.</summary>
    public IDisposable? Enter()
    {
        if (Interlocked.Increment(ref taken) <= places)
        {
            return new Place(this);
        }

        Interlocked.Decrement(ref taken);
        return null;
    }

    private sealed class Place(WaitingRoom room) : IDisposable
    {
        private int left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref left, 1) == 0)
            {
                Interlocked.Decrement(ref room.taken);
            }
        }
    }
}
