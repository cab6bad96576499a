namespace CLSM.Directory.Importing.Reading;

/// <summary>Whether a text is whole Unicode.</summary>
internal static class TextChecks
{
    public static bool IsNormalizable(this string text)
    {
        for (var place = 0; place < text.Length; place++)
        {
            if (char.IsHighSurrogate(text[place]) && place + 1 < text.Length && char.IsLowSurrogate(text[place + 1]))
            {
                place++;
            }
            else if (char.IsSurrogate(text[place]) || text[place] is '\uFFFE' or '\uFFFF')
            {
                return false;
            }
        }

        return true;
    }
}
