namespace Strata.Server;

/// <summary>The rooms and the wire have enums of their own with the same names.</summary>
internal static class EnumNames
{
    public static T To<T>(this Enum value)
        where T : struct, Enum => Enum.Parse<T>(value.ToString());
}
